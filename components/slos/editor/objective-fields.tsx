"use client";

import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { Objective, Phase } from "#lib/domain/slo/definition/definition.ts";
import { PROGRESSIVE_PHASES } from "#lib/domain/slo/definition/phases.ts";
import { CALENDAR_UNITS, type SloWindow } from "#lib/domain/slo/definition/windows.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  AddButton,
  ChoiceField,
  NumberField,
  type Part,
  PlaceError,
  RemoveButton,
  replaced,
  Section,
  TextField,
  without,
} from "./editor-fields.tsx";

const WINDOWS = [
  { value: "rolling", label: "rolling days" },
  ...CALENDAR_UNITS.map((value) => ({ value, label: `calendar ${value}` })),
] as const;
type WindowChoice = (typeof WINDOWS)[number]["value"];

/** Targets with their windows, and progressive targets. */
export function ObjectivesSection({
  definition,
  onChange,
}: {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}) {
  const { objectives, phases } = definition;
  const setObjectives = (next: Objective[]) => onChange({ ...definition, objectives: next });
  return (
    <Section title="Objectives" about="A target over a window. Each has a budget and a status of its own.">
      {objectives.map((objective, at) => (
        <ObjectiveRow
          key={at}
          value={objective}
          path={`objectives.${at}`}
          onChange={(next) => setObjectives(replaced(objectives, at, next))}
          onRemove={objectives.length > 1 ? () => setObjectives(without(objectives, at)) : null}
        />
      ))}
      <PlaceError path="objectives" />
      <AddButton
        onClick={() => setObjectives([...objectives, { target: 0.99, window: { kind: "rolling", days: 7 } }])}
      >
        Add an objective
      </AddButton>
      <PhaseFields
        value={phases}
        path="phases"
        onChange={(next) => onChange({ ...definition, phases: next })}
      />
    </Section>
  );
}

function ObjectiveRow({
  value,
  onChange,
  path,
  onRemove,
}: Part<Objective> & { onRemove: (() => void) | null }) {
  const { timeZone } = usePreferences().preferences;
  const { window } = value;
  const choose = (choice: WindowChoice): SloWindow =>
    choice === "rolling"
      ? { kind: "rolling", days: 30 }
      : { kind: "calendar", unit: choice, zone: window.kind === "calendar" ? window.zone : timeZone };
  const setWindow = (next: SloWindow) => onChange({ ...value, window: next });
  return (
    <div>
      <div className="grid grid-cols-[7rem_1fr_1fr_auto] items-start gap-2 max-sm:grid-cols-[1fr_auto]">
        <NumberField
          label="Target, %"
          scale="percent"
          value={value.target}
          path={`${path}.target`}
          onChange={(target) => onChange({ ...value, target })}
        />
        <ChoiceField<WindowChoice>
          label="Window"
          className="max-sm:order-3 max-sm:col-span-2"
          value={window.kind === "rolling" ? "rolling" : window.unit}
          path={`${path}.window.kind`}
          choices={WINDOWS}
          onChange={(choice) => setWindow(choose(choice))}
        />
        {window.kind === "rolling" ? (
          <NumberField
            label="Days"
            className="max-sm:order-4 max-sm:col-span-2"
            value={window.days}
            path={`${path}.window.days`}
            onChange={(days) => setWindow({ ...window, days })}
          />
        ) : (
          <TextField
            label="Time zone"
            className="max-sm:order-4 max-sm:col-span-2"
            value={window.zone}
            path={`${path}.window.zone`}
            choices={Intl.supportedValuesOf("timeZone")}
            onChange={(zone) => setWindow({ ...window, zone })}
          />
        )}
        {onRemove && <RemoveButton label="Remove this objective" onClick={onRemove} />}
      </div>
      <PlaceError path={path} />
    </div>
  );
}

function PhaseFields({ value: phases, onChange, path }: Part<Phase[]>) {
  if (phases.length === 0) {
    return (
      <p className="text-dim">
        The target stays.{" "}
        <button
          type="button"
          className="text-accent underline"
          onClick={() => onChange([...PROGRESSIVE_PHASES])}
        >
          Raise it step by step
        </button>
      </p>
    );
  }
  const add = () => {
    const last = phases.at(-1);
    const before = last ? [...phases.slice(0, -1), { ...last, months: 1 }] : [];
    onChange([...before, { target: last ? last.target : 0.99, months: null }]);
  };
  const remove = (at: number) => {
    const left = without(phases, at);
    onChange(left.map((phase, index) => (index === left.length - 1 ? { ...phase, months: null } : phase)));
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="text-small text-dim mb-1">
        Progressive targets of the first objective: each is earned by meeting it in all of its windows
      </legend>
      {phases.map((phase, at) => (
        <div key={at} className="grid grid-cols-[7rem_1fr_auto] items-start gap-2">
          <NumberField
            label="Target, %"
            scale="percent"
            value={phase.target}
            path={`${path}.${at}.target`}
            onChange={(target) => onChange(replaced(phases, at, { ...phase, target }))}
          />
          {phase.months === null ? (
            <p className="text-dim pt-6">from then on</p>
          ) : (
            <NumberField
              label="Months"
              className="max-w-28"
              value={phase.months}
              path={`${path}.${at}.months`}
              onChange={(months) => onChange(replaced(phases, at, { ...phase, months }))}
            />
          )}
          <RemoveButton label={`Remove phase ${at + 1}`} onClick={() => remove(at)} />
        </div>
      ))}
      <div className="flex gap-2">
        <AddButton onClick={add}>Add a phase</AddButton>
        <Button variant="ghost" onClick={() => onChange([])}>
          No phases
        </Button>
      </div>
    </fieldset>
  );
}
