"use client";

import { scoreRisk, type RiskInputs } from "#lib/domain/gate/risk.ts";
import { Card } from "#components/shell/card.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";

const WEIGHTS = [
  ["linesUnstated", "Size not stated"],
  ["migration", "Schema migration"],
  ["migrationUnstated", "Migration not stated"],
  ["rollbackReady", "Rollback ready"],
  ["rollbackMissing", "No rollback"],
  ["rollbackUnstated", "Rollback not stated"],
  ["perDependent", "Per dependent"],
  ["mostForDependents", "Most for dependents"],
  ["allReleasesFailed", "All releases failed"],
  ["unattended", "Outside hours"],
] as const;
const HOURS = [
  ["from", "Attended from"],
  ["until", "Until"],
  ["fridayUntil", "Fridays until"],
] as const;

/** A change of which every part says something. */
const EXAMPLE: RiskInputs = {
  linesChanged: 640,
  migration: true,
  rollbackReady: false,
  dependents: 3,
  tier: "critical",
  releases: { failed: 1, total: 5 },
  localTime: { weekday: 5, hour: 16 },
};

/** The points that make a change a low, medium or high risk, with what they make of an example. */
export function RiskEditor({ draft, problems, onChange, disabled }: DraftProps & { disabled: boolean }) {
  const { weights, cuts } = draft.risk;
  const field = (label: string, value: number, path: (string | number)[]) => (
    <NumberField
      key={path.join(".")}
      label={label}
      value={value}
      error={problems.get(path.join("."))}
      disabled={disabled}
      onChange={(next) => onChange(path, next)}
    />
  );
  return (
    <Card title="Risk of a change">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-end gap-3">
        {field("Medium from", cuts.mediumFrom, ["risk", "cuts", "mediumFrom"])}
        {field("High from", cuts.highFrom, ["risk", "cuts", "highFrom"])}
        {WEIGHTS.map(([key, label]) => field(label, weights[key], ["risk", "weights", key]))}
        {weights.lines.map(({ from, points }, at) =>
          field(`From ${from.toLocaleString("en-US")} lines`, points, [
            "risk",
            "weights",
            "lines",
            at,
            "points",
          ]),
        )}
        {Object.entries(weights.tier).map(([tier, points]) =>
          field(`Tier ${tier.replace("_", " ")}`, points ?? 0, ["risk", "weights", "tier", tier]),
        )}
        {HOURS.map(([key, label]) =>
          field(`${label} (h)`, weights.attendedHours[key], ["risk", "weights", "attendedHours", key]),
        )}
      </div>
      <Example draft={draft} />
    </Card>
  );
}

function Example({ draft: { risk } }: Pick<DraftProps, "draft">) {
  const { score, scored, parts } = scoreRisk(EXAMPLE, null, risk as Parameters<typeof scoreRisk>[2]);
  if (!Number.isFinite(score)) return null;
  return (
    <section aria-label="Example" className="border-line-soft mt-3 border-t pt-2.5" aria-live="polite">
      <p>
        Such a change scores <strong className="tabular-nums">{score}</strong> of 100:{" "}
        <strong>{scored} risk</strong>
      </p>
      <ul className="text-small text-dim flex flex-wrap gap-x-4">
        {parts.map(({ input, stated, points }) => (
          <li key={input}>
            {input}: {stated}{" "}
            <span className="text-ink tabular-nums">{points > 0 ? `+${points}` : points}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
