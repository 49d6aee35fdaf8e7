import type { ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { ErrorState, ForbiddenState, StaleNotice } from "#components/shell/states.tsx";

interface NotThereProps {
  error: Error | null;
  onRetry: () => void;
  /** The shape of what is loading. */
  skeleton: ReactNode;
}

/** Stands where data will be: it is loading, refused, or could not be read. */
export function NotThere({ error, onRetry, skeleton }: NotThereProps) {
  if (!error) return <div data-state="loading">{skeleton}</div>;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={onRetry} />;
}

interface StaleLineProps {
  error: Error | null;
  /** When what is shown was read, in ms since 1970. */
  updatedAtMs: number;
}

/** Beside data that could not be read anew: since when it is old, and why. */
export function StaleLine({ error, updatedAtMs }: StaleLineProps) {
  if (!error || updatedAtMs === 0) return null;
  return <StaleNotice since={new Date(updatedAtMs).toISOString()} reason={problemOf(error).detail} />;
}
