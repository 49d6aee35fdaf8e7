import { clsx } from "clsx";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { Card } from "#components/shell/card.tsx";

const NAME_OF_INPUT: Record<string, string> = {
  size: "Change size",
  migration: "Schema migration",
  rollback: "Rollback at hand",
  dependents: "Services that call it",
  tier: "Tier",
  "failed releases": "Failed releases",
  time: "Time",
};

function signed(points: number): string {
  if (points === 0) return "0";
  return points < 0 ? `−${-points}` : `+${points}`;
}

/** The risk as the sum that it is. */
export function RiskCard({ score }: { score: GateAnswer["score"] }) {
  const { effective, declared, scored, parts } = score;
  return (
    <Card title={`Risk: ${effective}`} aside={`${score.score} of 100`}>
      <table className="w-full">
        <tbody>
          {parts.map(({ input, stated, points }) => (
            <tr key={input} className="border-line-soft border-t first:border-t-0">
              <th scope="row" className="text-dim py-2 pr-3 text-left font-normal">
                {NAME_OF_INPUT[input] ?? input}
              </th>
              <td className={clsx("py-2 pr-3 text-right", stated === "not stated" && "text-faint")}>
                {stated}
              </td>
              <td className={clsx("py-2 text-right tabular-nums", points === 0 && "text-faint")}>
                {signed(points)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(effective !== scored || declared !== null) && (
        <p className="text-dim border-line-soft border-t pt-2">
          Scored {scored}, {declared === null ? "nothing declared" : `declared ${declared}`}: {effective}{" "}
          counts.
        </p>
      )}
    </Card>
  );
}
