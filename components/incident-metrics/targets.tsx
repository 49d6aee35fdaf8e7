import type { IncidentMetrics } from "#lib/contracts/incident-metrics.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { StatusIcon, statusColor } from "#components/shell/status.tsx";

type Target = IncidentMetrics["targets"][number];

const STANDING = {
  met: { status: "healthy", words: "met" },
  missed: { status: "critical", words: "missed" },
  unknown: { status: "no_data", words: "no data" },
} as const;

function standingOf({ met }: Target) {
  if (met === null) return STANDING.unknown;
  return met ? STANDING.met : STANDING.missed;
}

/** What was promised of the means, and whether it is kept. */
export function Targets({ targets }: { targets: readonly Target[] }) {
  return (
    <ul aria-label="Targets" className="grid gap-4 sm:grid-cols-2">
      {targets.map((target) => {
        const { status, words } = standingOf(target);
        return (
          <li key={target.name} className="rounded-panel border-line-soft bg-panel border px-4 py-3.5">
            <p className="text-dim flex items-center gap-2">
              {target.name}, to stay below {writeSeconds(target.belowSeconds)}
              <span className={`ml-auto inline-flex items-center gap-1.5 font-medium ${statusColor(status)}`}>
                <StatusIcon status={status} />
                {words}
              </span>
            </p>
            <p className="text-title font-semibold">{writeSeconds(target.meanSeconds)}</p>
            <p className="text-small text-faint">
              mean of {target.n}
              {target.missing > 0 && `; ${target.missing} left out, a time is not known`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
