"use client";

import {
  COMPARISON_OPERATORS,
  type Comparison,
  type Sli,
  type SliKind,
} from "#lib/domain/slo/definition/sli.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { usualSli, withSli } from "./editor-definition.ts";
import { ChoiceField, NumberField, type Part, QueryField, Section } from "./editor-fields.tsx";
import { SLI_CHOICES } from "./editor-words.ts";
import { JourneyFields } from "./journey-fields.tsx";
import { LatencyFields } from "./latency-fields.tsx";
import { MatcherRows, SelectionFields } from "./selection-fields.tsx";

const OPERATORS = COMPARISON_OPERATORS.map((value) => ({ value, label: value }));

interface ComparisonFieldsProps extends Part<Comparison> {
  label: string;
  hint?: string;
}

/** A stated comparison. */
export function ComparisonFields({ value, onChange, path, label, hint }: ComparisonFieldsProps) {
  return (
    <div className="grid max-w-80 grid-cols-[5rem_1fr] gap-2">
      <ChoiceField
        label="Is"
        value={value.operator}
        path={`${path}.operator`}
        choices={OPERATORS}
        onChange={(operator) => onChange({ ...value, operator })}
      />
      <NumberField
        label={label}
        hint={hint}
        value={value.value}
        path={`${path}.value`}
        onChange={(number) => onChange({ ...value, value: number })}
      />
    </div>
  );
}

interface SliSectionProps {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}

/** What is measured. */
export function SliSection({ definition, onChange }: SliSectionProps) {
  const { sli, service } = definition;
  return (
    <Section title="What is measured">
      <ChoiceField<SliKind>
        label="Kind of SLI"
        value={sli.kind}
        path="sli.kind"
        choices={SLI_CHOICES}
        onChange={(kind) => onChange(withSli(definition, usualSli(kind, service)))}
      />
      <KindFields value={sli} path="sli" onChange={(next) => onChange({ ...definition, sli: next })} />
    </Section>
  );
}

function KindFields({ value: sli, onChange, path }: Part<Sli>) {
  switch (sli.kind) {
    case "availability":
      return (
        <>
          <SelectionFields
            label="Metric that counts requests"
            value={sli.requests}
            path={`${path}.requests`}
            onChange={(requests) => onChange({ ...sli, requests })}
          />
          <MatcherRows
            legend="Which of them failed"
            add="Add a label"
            metric={sli.requests.metric}
            value={sli.failed}
            path={`${path}.failed`}
            onChange={(failed) => onChange({ ...sli, failed })}
          />
        </>
      );
    case "error_rate":
      return (
        <>
          <SelectionFields
            label="Metric that counts requests"
            value={sli.requests}
            path={`${path}.requests`}
            onChange={(requests) => onChange({ ...sli, requests })}
          />
          <SelectionFields
            label="Metric that counts their errors"
            value={sli.errors}
            path={`${path}.errors`}
            onChange={(errors) => onChange({ ...sli, errors })}
          />
        </>
      );
    case "latency":
      return <LatencyFields value={sli} path={path} onChange={onChange} />;
    case "throughput":
      return (
        <>
          <SelectionFields
            label="Metric that counts events"
            value={sli.events}
            path={`${path}.events`}
            onChange={(events) => onChange({ ...sli, events })}
          />
          <ComparisonFields
            label="Events per second"
            value={sli.perSecond}
            path={`${path}.perSecond`}
            onChange={(perSecond) => onChange({ ...sli, perSecond })}
          />
        </>
      );
    case "quality":
      return (
        <>
          <SelectionFields
            label="Metric that counts answers"
            value={sli.answers}
            path={`${path}.answers`}
            onChange={(answers) => onChange({ ...sli, answers })}
          />
          <SelectionFields
            label="Metric that counts degraded answers"
            value={sli.degraded}
            path={`${path}.degraded`}
            onChange={(degraded) => onChange({ ...sli, degraded })}
          />
        </>
      );
    case "freshness":
      return (
        <>
          <SelectionFields
            label="Gauge with the time of the last success"
            hint="Unix time in seconds"
            value={sli.lastSuccess}
            path={`${path}.lastSuccess`}
            onChange={(lastSuccess) => onChange({ ...sli, lastSuccess })}
          />
          <NumberField
            label="Oldest good age, in seconds"
            className="max-w-60"
            value={sli.maxAgeSeconds}
            path={`${path}.maxAgeSeconds`}
            onChange={(maxAgeSeconds) => onChange({ ...sli, maxAgeSeconds })}
          />
        </>
      );
    case "completeness":
      return (
        <>
          <SelectionFields
            label="Metric that counts expected records"
            value={sli.expected}
            path={`${path}.expected`}
            onChange={(expected) => onChange({ ...sli, expected })}
          />
          <SelectionFields
            label="Metric that counts processed records"
            value={sli.processed}
            path={`${path}.processed`}
            onChange={(processed) => onChange({ ...sli, processed })}
          />
        </>
      );
    case "custom":
      return <CustomFields value={sli} path={path} onChange={onChange} />;
    case "probe":
      return (
        <>
          <QueryField
            label="PromQL that gives a value"
            value={sli.expression}
            path={`${path}.expression`}
            onChange={(expression) => onChange({ ...sli, expression })}
          />
          <ComparisonFields
            label="Good value"
            value={sli.good}
            path={`${path}.good`}
            onChange={(good) => onChange({ ...sli, good })}
          />
        </>
      );
    case "composite":
      return <JourneyFields value={sli} path={path} onChange={onChange} />;
  }
}

const FORMS = [
  { value: "bad", label: "bad events" },
  { value: "good", label: "good events" },
] as const;

function CustomFields({ value: sli, onChange, path }: Part<Extract<Sli, { kind: "custom" }>>) {
  return (
    <>
      <ChoiceField
        label="The first expression counts"
        className="max-w-60"
        value={sli.form}
        path={`${path}.form`}
        choices={FORMS}
        onChange={(form) => onChange({ ...sli, form })}
      />
      <QueryField
        label={sli.form === "bad" ? "Bad events" : "Good events"}
        hint="$window stands for the window: sum(increase(errors_total[$window]))"
        value={sli.numerator}
        path={`${path}.numerator`}
        onChange={(numerator) => onChange({ ...sli, numerator })}
      />
      <QueryField
        label="All events"
        value={sli.total}
        path={`${path}.total`}
        onChange={(total) => onChange({ ...sli, total })}
      />
    </>
  );
}
