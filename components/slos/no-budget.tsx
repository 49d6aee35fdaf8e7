import type { SloDetail } from "#lib/contracts/slos.ts";
import { EmptyState } from "#components/shell/states.tsx";
import { Link } from "#components/ui/link.tsx";

/** Where there is no budget: why, and what comes next. */
export function NoBudget({ slo }: { slo: SloDetail }) {
  const draft = slo.version === 0;
  return (
    <section aria-label="Budget" className="rounded-panel border-line-soft bg-panel border px-4 py-3.5">
      <EmptyState title={draft ? "This SLO is a draft" : "It was not evaluated of late"}>
        {draft ? (
          <p>
            Nothing is measured before it is published.{" "}
            <Link href={`/slos/${encodeURIComponent(slo.id)}/edit`} className="text-accent underline">
              See the draft
            </Link>
          </p>
        ) : (
          <p>
            Burnline looks at every SLO each 30 seconds. A new one has its first figures a minute after it was
            published; when an older one has none, Burnline itself or its database is in trouble.
          </p>
        )}
      </EmptyState>
    </section>
  );
}
