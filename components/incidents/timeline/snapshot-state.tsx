import type { ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { ErrorState } from "#components/shell/states.tsx";

interface SnapshotStateProps {
  query: { error: Error | null; isLoading: boolean; refetch: () => unknown };
  skeleton: ReactNode;
}

/** While what is to be kept is not there yet: its shape, or why it does not come. */
export function SnapshotState({ query, skeleton }: SnapshotStateProps) {
  if (query.error)
    return <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  return query.isLoading ? skeleton : null;
}
