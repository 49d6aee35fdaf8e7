"use client";

import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type {
  ExclusionWindow,
  OneOffExclusion,
  RecurringExclusion,
} from "#lib/domain/slo/time/exclusion-windows.ts";
import { instantOf, type LocalTime, localTimeAt } from "#lib/domain/slo/time/zone.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useField } from "./editor-context.tsx";
import {
  AddButton,
  NumberField,
  type Part,
  PlaceError,
  RemoveButton,
  replaced,
  Section,
  TextField,
  without,
} from "./editor-fields.tsx";

const HOUR_MS = 3_600_000;

const two = (value: number) => String(value).padStart(2, "0");

/** As the browser's own field for times wants it: "2026-11-20T14:30". */
function writeLocal({ year, month, day, hour, minute }: LocalTime): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

function readLocal(text: string): LocalTime | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return { year, month, day, hour, minute };
}

interface TimeFieldProps extends Part<LocalTime | null> {
  label: string;
}

function TimeField({ value, onChange, path, label }: TimeFieldProps) {
  const { error, touch } = useField(path);
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          data-path={path}
          value={value ? writeLocal(value) : ""}
          onChange={(event) => onChange(readLocal(event.target.value))}
          onBlur={touch}
        />
      )}
    </Field>
  );
}

/** Planned times that the SLO does not speak of. */
export function ExclusionsSection({
  definition,
  onChange,
}: {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}) {
  const { timeZone } = usePreferences().preferences;
  const { windows } = definition.exclusions;
  const set = (next: ExclusionWindow[]) =>
    onChange({ ...definition, exclusions: { ...definition.exclusions, windows: next } });
  const addOnce = () => {
    const startMs = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
    set([...windows, { kind: "one_off", startMs, endMs: startMs + HOUR_MS, reason: "" }]);
  };
  const addRecurring = () => {
    const start = { ...localTimeAt(Date.now() + 24 * HOUR_MS, timeZone), hour: 2, minute: 0 };
    const rule = "FREQ=WEEKLY;BYDAY=SU";
    set([...windows, { kind: "recurring", start, durationMinutes: 60, rule, zone: timeZone, reason: "" }]);
  };
  return (
    <Section
      title="Planned exclusions"
      about="Maintenance and the like: counts neither for nor against the budget, and silences its alerts."
    >
      {windows.map((window, at) => {
        const props = {
          path: `exclusions.windows.${at}`,
          onChange: (next: ExclusionWindow) => set(replaced(windows, at, next)),
        };
        return (
          <div key={at} className="border-line-soft border-l-2 pl-3">
            <div className="grid grid-cols-[1fr_auto] gap-2">
              {window.kind === "one_off" ? (
                <OneOffFields value={window} {...props} />
              ) : (
                <RecurringFields value={window} {...props} />
              )}
              <RemoveButton label={`Remove exclusion ${at + 1}`} onClick={() => set(without(windows, at))} />
            </div>
            <PlaceError path={`exclusions.windows.${at}`} />
          </div>
        );
      })}
      <div className="flex flex-wrap gap-2">
        <AddButton onClick={addOnce}>Add one time</AddButton>
        <AddButton onClick={addRecurring}>Add one that recurs</AddButton>
      </div>
    </Section>
  );
}

function OneOffFields({ value, onChange, path }: Part<OneOffExclusion>) {
  const { timeZone } = usePreferences().preferences;
  const local = (atMs: number) => (Number.isFinite(atMs) ? localTimeAt(atMs, timeZone) : null);
  const instant = (time: LocalTime | null) => (time ? instantOf(time, timeZone) : NaN);
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <TimeField
        label={`From, ${timeZone}`}
        value={local(value.startMs)}
        path={`${path}.startMs`}
        onChange={(time) => onChange({ ...value, startMs: instant(time) })}
      />
      <TimeField
        label="To"
        value={local(value.endMs)}
        path={`${path}.endMs`}
        onChange={(time) => onChange({ ...value, endMs: instant(time) })}
      />
      <TextField
        label="Reason"
        className="sm:col-span-2"
        value={value.reason}
        path={`${path}.reason`}
        onChange={(reason) => onChange({ ...value, reason })}
      />
    </div>
  );
}

function RecurringFields({ value, onChange, path }: Part<RecurringExclusion>) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <TimeField
        label="First time"
        value={value.start}
        path={`${path}.start`}
        onChange={(start) => start && onChange({ ...value, start })}
      />
      <NumberField
        label="Minutes"
        value={value.durationMinutes}
        path={`${path}.durationMinutes`}
        onChange={(durationMinutes) => onChange({ ...value, durationMinutes })}
      />
      <TextField
        label="Rule"
        hint="As in calendars: FREQ=WEEKLY;BYDAY=SU"
        mono
        value={value.rule}
        path={`${path}.rule`}
        onChange={(rule) => onChange({ ...value, rule })}
      />
      <TextField
        label="Time zone"
        value={value.zone}
        path={`${path}.zone`}
        choices={Intl.supportedValuesOf("timeZone")}
        onChange={(zone) => onChange({ ...value, zone })}
      />
      <TextField
        label="Reason"
        className="sm:col-span-2"
        value={value.reason}
        path={`${path}.reason`}
        onChange={(reason) => onChange({ ...value, reason })}
      />
    </div>
  );
}
