import type { Explanation } from "#lib/contracts/slo-budgets.ts";
import { writeWorked } from "#lib/domain/slo/decimal.ts";

const write = (value: number | null) => (value === null ? "—" : writeWorked(value));

/** The sums that the formulas took, each beside what was measured before exclusions and corrections. */
export function ExplainSums({ explanation: { sums } }: { explanation: Explanation }) {
  const changed = sums.some(({ bad, total, raw }) => bad !== raw.bad || total !== raw.total);
  const headings = [
    "Look-back",
    "Bad",
    "Total",
    "Slots",
    "Left out",
    ...(changed ? ["Raw bad", "Raw total"] : []),
  ];
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Sums per look-back">
      <table className="w-full border-collapse text-right whitespace-nowrap">
        <thead>
          <tr className="text-small text-faint">
            {headings.map((heading) => (
              <th key={heading} scope="col" className="pr-3 pb-1 font-normal first:text-left last:pr-0">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sums.map(({ lookBack, bad, total, coveredSlots, excludedSlots, raw }) => (
            <tr key={lookBack} className="border-line-soft border-t">
              <th scope="row" className="py-1 pr-3 text-left font-normal">
                {lookBack}
              </th>
              <td className="pr-3">{write(bad)}</td>
              <td className="pr-3">{write(total)}</td>
              <td className="pr-3">{coveredSlots}</td>
              <td className="pr-3 last:pr-0">{excludedSlots}</td>
              {changed && <td className="text-dim pr-3">{write(raw.bad)}</td>}
              {changed && <td className="text-dim">{write(raw.total)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
