"use client";

import { useQuery } from "@tanstack/react-query";
import { labelValuesQuery } from "#lib/client/slo-editor.queries.ts";
import { decimal } from "#lib/domain/slo/decimal.ts";
import { possibleBounds } from "#lib/domain/slo/definition/bucket-bounds.ts";
import type { LatencySli } from "#lib/domain/slo/definition/sli.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { ChoiceField, NumberField, type Part } from "./editor-fields.tsx";
import { SelectionFields } from "./selection-fields.tsx";

const HISTOGRAMS = [
  { value: "classic", label: "classic, with buckets" },
  { value: "native", label: "native" },
] as const;
const UNITS = [
  { value: "1", label: "seconds" },
  { value: "0.001", label: "milliseconds" },
] as const;

/** Latency: a histogram and the threshold, which of a classic one must be one of its bounds. */
export function LatencyFields({ value: sli, onChange, path }: Part<LatencySli>) {
  const { durationToSeconds, histogram, durations } = sli;
  const classic = histogram === "classic";
  const le = useQuery({
    ...labelValuesQuery(`${durations.metric}_bucket`, "le"),
    enabled: classic && /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(durations.metric),
  });
  const bounds = possibleBounds(le.data ?? []).map((bound) => decimal(bound * durationToSeconds));
  const threshold = {
    value: sli.thresholdSeconds,
    path: `${path}.thresholdSeconds`,
    onChange: (thresholdSeconds: number) => onChange({ ...sli, thresholdSeconds }),
  };
  return (
    <>
      <SelectionFields
        label="Histogram of durations"
        hint="Its base name, without _bucket"
        value={durations}
        path={`${path}.durations`}
        onChange={(next) => onChange({ ...sli, durations: next })}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <ChoiceField
          label="Kind of histogram"
          value={histogram}
          path={`${path}.histogram`}
          choices={HISTOGRAMS}
          onChange={(next) => onChange({ ...sli, histogram: next })}
        />
        <ChoiceField
          label="It is in"
          value={durationToSeconds === 0.001 ? "0.001" : "1"}
          path={`${path}.durationToSeconds`}
          choices={UNITS}
          onChange={(next) => onChange({ ...sli, durationToSeconds: Number(next) })}
        />
        {classic && bounds.length > 0 ? (
          <BoundField bounds={bounds} {...threshold} />
        ) : (
          <NumberField label="Threshold, in seconds" {...threshold} />
        )}
      </div>
    </>
  );
}

function BoundField({ bounds, value, path, onChange }: Part<number> & { bounds: readonly number[] }) {
  const choices = bounds.map((bound) => ({ value: String(bound), label: writeSeconds(bound) }));
  const none = { value: String(value), label: `${writeSeconds(value)}: no such bound` };
  return (
    <ChoiceField
      label="Threshold, a bound of it"
      value={String(value)}
      path={path}
      choices={bounds.includes(value) ? choices : [none, ...choices]}
      onChange={(text) => onChange(Number(text))}
    />
  );
}
