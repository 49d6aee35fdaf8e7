"use client";

import { useQuery } from "@tanstack/react-query";
import type { LabelMatcher } from "#lib/contracts/access.ts";
import { labelNamesQuery, labelValuesQuery, metricNamesQuery } from "#lib/client/slo-editor.queries.ts";
import { MATCH_OPERATORS } from "#lib/domain/access/matchers.ts";
import type { Selection } from "#lib/domain/slo/definition/sli.ts";
import {
  AddButton,
  ChoiceField,
  type Part,
  PlaceError,
  RemoveButton,
  replaced,
  TextField,
  without,
} from "./editor-fields.tsx";

const OPERATORS = MATCH_OPERATORS.map((value) => ({ value, label: value }));
/** A list of suggestions that is longer slows typing down and helps nobody. */
const MAX_SUGGESTED = 2_000;
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

interface MatcherRowsProps extends Part<LabelMatcher[]> {
  legend: string;
  add: string;
  /** Whose labels are suggested. */
  metric: string;
}

/** Label matchers, one line each. */
export function MatcherRows({ value, onChange, path, legend, add, metric }: MatcherRowsProps) {
  const known = METRIC_NAME.test(metric);
  const labels = useQuery({ ...labelNamesQuery(metric), enabled: known });
  return (
    <fieldset className="grid gap-2">
      <legend className="text-small text-dim mb-1">{legend}</legend>
      {value.map((matcher, at) => (
        <MatcherRow
          key={at}
          value={matcher}
          path={`${path}.${at}`}
          metric={known ? metric : null}
          labels={labels.data ?? []}
          onChange={(next) => onChange(replaced(value, at, next))}
          onRemove={() => onChange(without(value, at))}
        />
      ))}
      <PlaceError path={path} />
      <AddButton onClick={() => onChange([...value, { label: "", operator: "=", value: "" }])}>
        {add}
      </AddButton>
    </fieldset>
  );
}

interface MatcherRowProps extends Part<LabelMatcher> {
  metric: string | null;
  labels: readonly string[];
  onRemove: () => void;
}

function MatcherRow({ value, onChange, path, metric, labels, onRemove }: MatcherRowProps) {
  const values = useQuery({
    ...labelValuesQuery(metric ?? "", value.label),
    enabled: metric !== null && labels.includes(value.label),
  });
  return (
    <div className="grid grid-cols-[1fr_4.5rem_1fr_auto] items-start gap-2 max-sm:grid-cols-[1fr_4.5rem_auto]">
      <TextField
        label="Label"
        value={value.label}
        path={`${path}.label`}
        choices={labels}
        mono
        onChange={(label) => onChange({ ...value, label })}
      />
      <ChoiceField
        label="Is"
        value={value.operator}
        path={`${path}.operator`}
        choices={OPERATORS}
        onChange={(operator) => onChange({ ...value, operator })}
      />
      <TextField
        label="Value"
        value={value.value}
        path={`${path}.value`}
        choices={values.data?.slice(0, MAX_SUGGESTED)}
        mono
        className="max-sm:order-last max-sm:col-span-3"
        onChange={(text) => onChange({ ...value, value: text })}
      />
      <RemoveButton label={`Remove the matcher on ${value.label || "nothing"}`} onClick={onRemove} />
    </div>
  );
}

interface SelectionFieldsProps extends Part<Selection> {
  label: string;
  hint?: string;
}

/** A metric and which of its series count, with the source's own names to choose from. */
export function SelectionFields({ value, onChange, path, label, hint }: SelectionFieldsProps) {
  const metrics = useQuery(metricNamesQuery());
  return (
    <div className="border-line-soft grid gap-2 border-l-2 pl-3">
      <TextField
        label={label}
        hint={hint}
        value={value.metric}
        path={`${path}.metric`}
        choices={metrics.data?.slice(0, MAX_SUGGESTED)}
        mono
        onChange={(metric) => onChange({ ...value, metric })}
      />
      <MatcherRows
        value={value.matchers}
        path={`${path}.matchers`}
        metric={value.metric}
        legend="Of which series"
        add="Add a label"
        onChange={(matchers) => onChange({ ...value, matchers })}
      />
    </div>
  );
}
