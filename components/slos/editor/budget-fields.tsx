"use client";

import { useQuery } from "@tanstack/react-query";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { labelNamesQuery } from "#lib/client/slo-editor.queries.ts";
import { COUNTING_OF_SLI, type Sli } from "#lib/domain/slo/definition/sli.ts";
import {
  AddButton,
  ChoiceField,
  NumberField,
  PlaceError,
  RemoveButton,
  replaced,
  Section,
  TextField,
  without,
} from "./editor-fields.tsx";
import { MatcherRows } from "./selection-fields.tsx";

interface Props {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}

type Method = SloDefinition["budgeting"]["method"];
const METHODS = [
  { value: "occurrences", label: "events: good of all" },
  { value: "timeslices", label: "time slices: good or bad as a whole" },
  { value: "ratioTimeslices", label: "time slices: by their share of bad events" },
] as const;
const SLICES = [
  { value: "1", label: "1 minute" },
  { value: "5", label: "5 minutes" },
] as const;
const MISSING = [
  { value: "gap", label: "is left out" },
  { value: "bad", label: "counts as bad" },
] as const;

/** The metric whose labels are suggested for groups and exclusions. */
function mainMetric(sli: Sli): string {
  switch (sli.kind) {
    case "availability":
    case "error_rate":
      return sli.requests.metric;
    case "latency":
      return `${sli.durations.metric}_count`;
    case "throughput":
      return sli.events.metric;
    case "quality":
      return sli.answers.metric;
    case "freshness":
      return sli.lastSuccess.metric;
    case "completeness":
      return sli.expected.metric;
    default:
      return "";
  }
}

function withMethod({ budgeting }: SloDefinition, method: Method): SloDefinition["budgeting"] {
  if (method === "occurrences") return { method };
  const sliceMinutes = budgeting.method === "occurrences" ? 1 : budgeting.sliceMinutes;
  if (method === "ratioTimeslices") return { method, sliceMinutes };
  return { method, sliceMinutes, sliceGood: { operator: ">=", value: 0.99 } };
}

/** How events become a budget, what missing data means, and by which labels it is split. */
export function BudgetSection({ definition, onChange }: Props) {
  const { sli, budgeting, onMissing } = definition;
  if (sli.kind === "composite") return null;
  const counting = COUNTING_OF_SLI[sli.kind];
  const methods = counting === "slices" ? METHODS.filter(({ value }) => value === "timeslices") : METHODS;
  const good = budgeting.method === "timeslices" ? budgeting.sliceGood : null;
  return (
    <Section title="Budget">
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField<Method>
          label="Counted in"
          value={budgeting.method}
          path="budgeting.method"
          choices={methods}
          onChange={(method) => onChange({ ...definition, budgeting: withMethod(definition, method) })}
        />
        {budgeting.method !== "occurrences" && (
          <ChoiceField
            label="Length of a slice"
            value={budgeting.sliceMinutes === 1 ? "1" : "5"}
            path="budgeting.sliceMinutes"
            choices={SLICES}
            onChange={(minutes) =>
              onChange({ ...definition, budgeting: { ...budgeting, sliceMinutes: minutes === "1" ? 1 : 5 } })
            }
          />
        )}
        {budgeting.method === "timeslices" && good && (
          <NumberField
            label="A slice is good from, % good events"
            scale="percent"
            value={good.value}
            path="budgeting.sliceGood"
            onChange={(value) =>
              onChange({ ...definition, budgeting: { ...budgeting, sliceGood: { operator: ">=", value } } })
            }
          />
        )}
        <ChoiceField
          label="Time without data"
          value={onMissing}
          path="onMissing"
          choices={MISSING}
          onChange={(next) => onChange({ ...definition, onMissing: next })}
        />
      </div>
      <GroupFields definition={definition} onChange={onChange} />
      {counting === "events" && sli.kind !== "custom" && (
        <MatcherRows
          legend="Events left out of all counts"
          add="Leave events out"
          metric={mainMetric(sli)}
          value={definition.exclusions.events}
          path="exclusions.events"
          onChange={(events) => onChange({ ...definition, exclusions: { ...definition.exclusions, events } })}
        />
      )}
    </Section>
  );
}

function GroupFields({ definition, onChange }: Props) {
  const { groupBy, sli } = definition;
  const metric = mainMetric(sli);
  const labels = useQuery({ ...labelNamesQuery(metric), enabled: metric !== "" });
  return (
    <fieldset className="grid gap-2">
      <legend className="text-small text-dim mb-1">
        {groupBy.length === 0 ? "One budget for all" : "A budget for each value of"}
      </legend>
      {groupBy.map((label, at) => (
        <div key={at} className="grid grid-cols-[minmax(0,16rem)_auto] items-start gap-2">
          <TextField
            label={`Label ${at + 1}`}
            value={label}
            path={`groupBy.${at}`}
            choices={labels.data}
            mono
            onChange={(next) => onChange({ ...definition, groupBy: replaced(groupBy, at, next) })}
          />
          <RemoveButton
            label={`Do not split by ${label}`}
            onClick={() => onChange({ ...definition, groupBy: without(groupBy, at) })}
          />
        </div>
      ))}
      <PlaceError path="groupBy" />
      <AddButton onClick={() => onChange({ ...definition, groupBy: [...groupBy, ""] })}>
        Split by a label
      </AddButton>
    </fieldset>
  );
}
