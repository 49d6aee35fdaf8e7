"use client";

import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { LANES } from "#lib/domain/gate/policy.ts";
import { Card } from "#components/shell/card.tsx";
import { ChoiceChips } from "#components/ui/choice-chips.tsx";
import { Field } from "#components/ui/field.tsx";
import { DecisionSelect } from "./decision-select.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { FIGURE_LABELS, FLOOR_LABELS, labelOf, plainWords } from "./policy-labels.ts";
import { TierRules } from "./tier-rules.tsx";

const FLOORS = ["openIncident", "firingPage", "criticalErrors"] as const;
const FIGURES = ["deferHours", "canaryCostRatio", "canaryMinutes"] as const;
const choiceOf = (value: string) => ({ value, label: plainWords(value) });

/** What trouble asks for at least, the lanes that are open, and what tiers are held to. */
export function RulesEditor(props: DraftProps) {
  const { draft, problems, onChange, disabled } = props;
  return (
    <Card title="Trouble, lanes and tiers">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-start gap-3">
        {FLOORS.map((key) => (
          <Field key={key} label={FLOOR_LABELS[key]} error={problems.get(`floors.${key}`)}>
            {(field) => (
              <DecisionSelect
                control={field}
                value={draft.floors[key]}
                error={problems.get(`floors.${key}`)}
                disabled={disabled}
                onChange={(value) => onChange(["floors", key], value)}
              />
            )}
          </Field>
        ))}
        {FIGURES.map((key) => (
          <NumberField
            key={key}
            label={FIGURE_LABELS[key]}
            value={draft[key]}
            error={problems.get(key)}
            disabled={disabled}
            onChange={(value) => onChange([key], value)}
          />
        ))}
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <ChoiceChips
          label={labelOf("incidentSeverities")}
          none="No incident holds a release back"
          choices={SEVERITIES.map(choiceOf)}
          chosen={draft.incidentSeverities}
          error={problems.get("incidentSeverities")}
          disabled={disabled}
          onChange={(chosen) => onChange(["incidentSeverities"], chosen)}
        />
        <ChoiceChips
          label={labelOf("lanes")}
          none="No lane is open"
          choices={LANES.map(choiceOf)}
          chosen={draft.lanes}
          error={problems.get("lanes")}
          disabled={disabled}
          onChange={(chosen) => onChange(["lanes"], chosen)}
        />
      </div>
      <TierRules {...props} />
    </Card>
  );
}
