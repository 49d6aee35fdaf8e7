"use client";

import { clsx } from "clsx";
import type { Explanation } from "#lib/contracts/slo-budgets.ts";
import { writeWorked } from "#lib/domain/slo/decimal.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";

type Slot = Explanation["slots"][number];

function remarkOf({ total, excluded, provisional }: Slot): string {
  const remarks = [
    ...(excluded ? ["left out"] : []),
    ...(total === null ? ["gap"] : []),
    ...(provisional ? ["provisional"] : []),
  ];
  return remarks.join(", ");
}

const write = (value: number | null) => (value === null ? "—" : writeWorked(value));

/** The slots behind the shorter look-backs, newest first. */
export function ExplainSlots({ slots }: { slots: readonly Slot[] }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <div className="max-h-64 overflow-y-auto" tabIndex={0} role="group" aria-label="Slots">
      <table className="w-full border-collapse text-right">
        <thead>
          <tr className="text-small text-faint">
            {["From", "Bad", "Total", ""].map((heading) => (
              <th key={heading} scope="col" className="pr-3 pb-1 font-normal first:text-left last:pr-0">
                {heading || <span className="sr-only">Remark</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...slots].reverse().map((slot) => (
            <tr
              key={slot.startMs}
              className={clsx(
                "border-line-soft border-t",
                (slot.excluded || slot.total === null) && "text-faint",
              )}
            >
              <th scope="row" title={formatUtc(slot.startMs)} className="py-0.5 pr-3 text-left font-normal">
                {formatTime(slot.startMs, "dayClock", timeZone)}
              </th>
              <td className="pr-3">{write(slot.bad)}</td>
              <td className="pr-3">{write(slot.total)}</td>
              <td className="text-small text-dim">{remarkOf(slot)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
