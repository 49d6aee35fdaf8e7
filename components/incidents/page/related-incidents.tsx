import { GitMerge } from "lucide-react";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Link } from "#components/ui/link.tsx";

/** As many as one compares at a glance; the dialog of merging has them all. */
const SHOWN = 3;

interface RelatedIncidentsProps {
  related: IncidentDetail["related"];
  onMerge: (into: string) => void;
}

/** Other open incidents of the same service or SLOs: the same trouble, perhaps, told twice. */
export function RelatedIncidents({ related, onMerge }: RelatedIncidentsProps) {
  if (related.length === 0) return null;
  const more = related.length - SHOWN;
  return (
    <section aria-label="Maybe the same trouble" className="grid gap-1.5">
      {related.slice(0, SHOWN).map(({ id, title, severity, shared }) => (
        <div key={id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <SeverityChip severity={severity} />
          <p className="text-dim min-w-0 break-words">
            <Link
              href={`/incidents/${encodeURIComponent(id)}`}
              className="text-accent rounded-chip underline"
            >
              {harmlessText(title)}
            </Link>{" "}
            is open as well and touches {listOf(shared.map(harmlessText))}.
          </p>
          <GuardedButton action="incidents:write" onClick={() => onMerge(id)} aria-label={`Merge into ${id}`}>
            <GitMerge size={14} aria-hidden="true" /> Merge…
          </GuardedButton>
        </div>
      ))}
      {more > 0 && <p className="text-faint">And {countOf(more, "other")} that may be.</p>}
    </section>
  );
}
