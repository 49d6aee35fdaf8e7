import { EmptyState } from "#components/shell/states.tsx";
import { Link } from "#components/ui/link.tsx";

/** An alert leads here whose runbook nobody wrote yet. */
export function NoRunbook({ name }: { name: string }) {
  return (
    <EmptyState title={`There is no runbook ${name} yet`}>
      An alert that tells nobody what to do is a defect.{" "}
      <Link
        href={`/alerts/runbooks/new?name=${encodeURIComponent(name)}`}
        className="text-accent rounded-chip underline"
      >
        Write it
      </Link>
    </EmptyState>
  );
}
