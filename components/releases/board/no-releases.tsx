import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";

/** How a pipeline asks the gate. */
const SNIPPET = 'npm run gate -- --service checkout --version "$TAG" --commit "$SHA"';

/** Nobody has asked for a release yet: how one asks. */
export function NoReleases() {
  return (
    <EmptyState title="Nobody has asked for a release">
      <p>Ask for one here, or let the pipeline ask before it deploys, and obey the answer:</p>
      <code className="rounded-control bg-raised text-small mt-2 block overflow-x-auto px-2.5 py-2 font-mono">
        {SNIPPET}
      </code>
    </EmptyState>
  );
}

export function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState title="No release matches the filter">
      <Button onClick={onClear} className="mt-2">
        Clear the filter
      </Button>
    </EmptyState>
  );
}
