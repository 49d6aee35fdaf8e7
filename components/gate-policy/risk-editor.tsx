"use client";

import { scoreRisk, type RiskInputs } from "#lib/domain/gate/risk.ts";
import { Card } from "#components/shell/card.tsx";
import { AttendedHours } from "./attended-hours.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { CUT_LABELS, WEIGHT_LABELS } from "./policy-labels.ts";
import { SizeSteps } from "./size-steps.tsx";
import { TierPoints } from "./tier-points.tsx";

const CUTS = ["mediumFrom", "highFrom"] as const;
const WEIGHTS = Object.keys(WEIGHT_LABELS) as (keyof typeof WEIGHT_LABELS)[];

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
export function RiskEditor(props: DraftProps) {
  const { draft, problems, onChange, disabled } = props;
  const { weights, cuts } = draft.risk;
  const field = (label: string, value: number, path: string[]) => (
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
      <div className="grid gap-4">
        <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-start gap-3">
          {CUTS.map((key) => field(CUT_LABELS[key], cuts[key], ["risk", "cuts", key]))}
          {WEIGHTS.map((key) => field(WEIGHT_LABELS[key], weights[key], ["risk", "weights", key]))}
        </div>
        <AttendedHours {...props} />
        <div className="grid gap-4 sm:grid-cols-2">
          <SizeSteps {...props} />
          <TierPoints {...props} />
        </div>
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
