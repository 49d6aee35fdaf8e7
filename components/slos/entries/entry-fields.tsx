import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FIELDS_OF_KIND, type EntryField, type EntryForm, type EntryKind } from "./entry-form.ts";

const LABELS: Record<EntryField, string> = {
  from: "From",
  to: "To",
  durationMinutes: "Minutes each time",
  rule: "Comes again by",
  zone: "Time zone",
  badDelta: "Bad events to add",
  totalDelta: "Events to add",
  reason: "Reason",
};
const HINTS: Partial<Record<EntryField, string>> = {
  rule: "FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT or UNTIL, as FREQ=WEEKLY;BYDAY=SU",
  badDelta: "Negative to take away",
  totalDelta: "Of all events; 0 where only their kind was wrong",
};
const TYPES: Partial<Record<EntryField, string>> = {
  from: "datetime-local",
  to: "datetime-local",
  durationMinutes: "number",
  badDelta: "number",
  totalDelta: "number",
};

interface EntryFieldsProps {
  kind: EntryKind;
  /** The zone that times without one of their own are read in. */
  viewerZone: string;
  register: UseFormRegister<EntryForm>;
  errors: FieldErrors<EntryForm>;
}

/** The fields of one kind of entry. */
export function EntryFields({ kind, viewerZone, register, errors }: EntryFieldsProps) {
  const hintOf = (field: EntryField) =>
    field === "from" && kind !== "recurring" ? `Time in ${viewerZone}` : HINTS[field];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {FIELDS_OF_KIND[kind].map((field) => (
        <Field
          key={field}
          label={LABELS[field]}
          hint={hintOf(field)}
          error={errors[field]?.message}
          className={field === "reason" || field === "rule" ? "sm:col-span-2" : undefined}
        >
          {(control) => (
            <Input type={TYPES[field] ?? "text"} autoComplete="off" {...control} {...register(field)} />
          )}
        </Field>
      ))}
    </div>
  );
}
