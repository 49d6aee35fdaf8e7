import type { Finding } from "#lib/contracts/cluster.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";

/** What needs attention, ranked: the number, why it matters and what to do next. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) {
    return (
      <EmptyState title="Nothing needs attention">
        No signal is over its limit, no forecast is near and every pod is ready.
      </EmptyState>
    );
  }
  return (
    <ol>
      {findings.map((finding) => (
        <li
          key={finding.id}
          className="border-line-soft relative flex gap-2.5 border-t py-2.5 first:border-t-0 first:pt-0 last:pb-0"
        >
          <span className="mt-0.75">
            <StatusIcon status={finding.status} label={finding.status.replace("_", " ")} />
          </span>
          <div className="min-w-0 break-words">
            <FindingTitle finding={finding} />
            <p className="text-dim">{finding.reason}</p>
            <p className="text-small text-faint">{finding.nextStep}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const PAGE_OF_SUBJECT = {
  service: "services",
  node: "nodes",
  journey: null,
  namespace: null,
  source: null,
} as const;

function FindingTitle({ finding }: { finding: Finding }) {
  const kind = PAGE_OF_SUBJECT[finding.subject.kind];
  if (finding.subject.kind === "journey") {
    return (
      <p>
        <Link
          href="/journeys"
          data-row-link=""
          className="rounded-chip after:absolute after:inset-0 hover:underline"
        >
          {finding.title}
        </Link>
      </p>
    );
  }
  if (kind === null) return <p>{finding.title}</p>;
  return (
    <p>
      <EntityLink kind={kind} name={finding.subject.name} stretched>
        {finding.title}
      </EntityLink>
    </p>
  );
}
