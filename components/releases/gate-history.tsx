"use client";

import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { decisionStatus } from "#components/shell/decision-word.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";

const SHOWN = 30;

/** What the gate said of a service, oldest first: a shape per answer, each leading to its record. */
export function GateHistory({ records }: { records: readonly DecisionRecord[] }) {
  const { timeZone } = usePreferences().preferences;
  const shown = records.slice(0, SHOWN).reverse();
  return (
    <ol aria-label="Answers of the gate, oldest first" className="flex flex-wrap gap-x-0.5">
      {shown.map(({ id, decision, at }) => {
        if (decision === null) return null;
        const words = `${decision}, ${formatTime(at, "dayClock", timeZone)}`;
        return (
          <li key={id}>
            <Link
              href={`/releases/decisions/${encodeURIComponent(id)}`}
              aria-label={words}
              title={words}
              className="rounded-chip hover:bg-raised grid size-6 place-items-center"
            >
              <StatusIcon status={decisionStatus(decision)} />
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
