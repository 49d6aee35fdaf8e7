"use client";

import { useQuery } from "@tanstack/react-query";
import { slosQuery } from "#lib/client/slos.queries.ts";
import { BUSINESS_IMPACTS, type CompositeSli, type CompositeStep } from "#lib/domain/slo/definition/sli.ts";
import {
  AddButton,
  ChoiceField,
  NumberField,
  type Part,
  PlaceError,
  RemoveButton,
  replaced,
  TextField,
  without,
} from "./editor-fields.tsx";

const COMBINE = [
  { value: "serial", label: "serial: every step must work" },
  { value: "weighted", label: "weighted: steps count by their share" },
] as const;
const IMPACTS = BUSINESS_IMPACTS.map((value) => ({ value, label: value }));
const CRITICAL = [
  { value: "yes", label: "on the critical path" },
  { value: "no", label: "shown, not counted" },
] as const;

/** The steps of a user journey, each measured by an SLO of its own. */
export function JourneyFields({ value: sli, onChange, path }: Part<CompositeSli>) {
  const slos = useQuery(slosQuery());
  const keys = (slos.data?.data.slos ?? []).filter((slo) => slo.sli !== "composite").map(({ key }) => key);
  const { steps, combine } = sli;
  const add = () =>
    onChange({
      ...sli,
      steps: [
        ...steps,
        { name: "", slo: "", onCriticalPath: true, ...(combine === "weighted" ? { weight: 0.1 } : {}) },
      ],
    });
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField
          label="Steps combine"
          value={combine}
          path={`${path}.combine`}
          choices={COMBINE}
          onChange={(next) => onChange({ ...sli, combine: next })}
        />
        <ChoiceField
          label="Business impact"
          value={sli.businessImpact}
          path={`${path}.businessImpact`}
          choices={IMPACTS}
          onChange={(businessImpact) => onChange({ ...sli, businessImpact })}
        />
      </div>
      <ol className="grid gap-2">
        {steps.map((step, at) => (
          <StepRow
            key={at}
            value={step}
            path={`${path}.steps.${at}`}
            keys={keys}
            weighted={combine === "weighted"}
            onChange={(next) => onChange({ ...sli, steps: replaced(steps, at, next) })}
            onRemove={() => onChange({ ...sli, steps: without(steps, at) })}
          />
        ))}
      </ol>
      <PlaceError path={`${path}.steps`} />
      <AddButton onClick={add}>Add a step</AddButton>
    </>
  );
}

interface StepRowProps extends Part<CompositeStep> {
  keys: readonly string[];
  weighted: boolean;
  onRemove: () => void;
}

function StepRow({ value: step, onChange, path, keys, weighted, onRemove }: StepRowProps) {
  return (
    <li className="border-line-soft grid grid-cols-[1fr_1.2fr_11rem_auto] items-start gap-2 border-l-2 pl-3 max-sm:grid-cols-[1fr_auto]">
      <TextField
        label="Step"
        value={step.name}
        path={`${path}.name`}
        onChange={(name) => onChange({ ...step, name })}
      />
      <TextField
        label="Measured by"
        value={step.slo}
        path={`${path}.slo`}
        choices={keys}
        className="max-sm:order-3 max-sm:col-span-2"
        onChange={(slo) => onChange({ ...step, slo })}
      />
      {weighted ? (
        <NumberField
          label="Weight"
          value={step.weight ?? NaN}
          path={`${path}.weight`}
          className="max-sm:order-4 max-sm:col-span-2"
          onChange={(weight) => onChange({ ...step, weight })}
        />
      ) : (
        <ChoiceField
          label="Criticality"
          value={step.onCriticalPath ? "yes" : "no"}
          path={`${path}.onCriticalPath`}
          className="max-sm:order-4 max-sm:col-span-2"
          choices={CRITICAL}
          onChange={(next) => onChange({ ...step, onCriticalPath: next === "yes" })}
        />
      )}
      <RemoveButton label={`Remove the step ${step.name}`} onClick={onRemove} />
    </li>
  );
}
