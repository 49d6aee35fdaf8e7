"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import { OnCallDocument } from "#lib/contracts/on-call.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { useNow } from "#components/shell/clock.ts";
import { Button } from "#components/ui/button.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { DutyStrip } from "./duty-strip.tsx";
import { TextField, ZoneField, ZoneOptions } from "./form-field.tsx";
import { NameList } from "./name-list.tsx";
import { type OnCallForm, toOnCallDocument } from "./on-call-form.ts";
import { OverrideFields } from "./override-fields.tsx";

const MOST_ROTATIONS = 20;

function emptyRotation(count: number): OnCallForm["rotations"][number] {
  const startsOn = new Date().toISOString().slice(0, 10);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const name = count === 0 ? "primary" : "";
  return { name, people: [], startsOn, lengthDays: 7, handoverAt: "09:00", zone, overrides: [] };
}

/** Rotations: who takes turns, when a turn passes on, who stands in, and what becomes of it in the next two weeks. */
export function OnCallFields({ people }: { people: readonly Choice[] }) {
  const { control } = useFormContext<OnCallForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "rotations" });
  return (
    <>
      <ZoneOptions />
      <ul aria-label="Rotations" className="grid gap-3">
        {fields.map(({ id }, at) => (
          <li key={id} className="rounded-control border-line grid gap-3 border p-3">
            <div className="flex items-center gap-1">
              <h3 className="mr-auto font-medium">Rotation {at + 1}</h3>
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove rotation ${at + 1}`}
                onClick={() => remove(at)}
              >
                <X size={14} aria-hidden="true" />
              </Button>
            </div>
            <RotationFields at={at} people={people} />
            <OverrideFields at={at} people={people} />
            <Preview at={at} people={people} />
          </li>
        ))}
      </ul>
      {fields.length === 0 && <p className="text-dim">There is no rotation: nobody is on call.</p>}
      <Button
        className="justify-self-start"
        disabled={fields.length >= MOST_ROTATIONS}
        onClick={() => append(emptyRotation(fields.length))}
      >
        <Plus size={13} aria-hidden="true" />
        Add a rotation
      </Button>
    </>
  );
}

/** "Mondays" for a date, or nothing for none. */
function weekdayOf(startsOn: string): string | null {
  const atMs = Date.parse(`${startsOn}T00:00:00Z`);
  if (Number.isNaN(atMs)) return null;
  return new Date(atMs).toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });
}

/** On which days a turn passes on. */
function handoverWords(startsOn: string, lengthDays: number): string | undefined {
  const weekday = weekdayOf(startsOn);
  if (weekday === null || !(lengthDays >= 1)) return undefined;
  if (lengthDays % 7 !== 0) return `A ${weekday}; then every ${countOf(lengthDays, "day")}`;
  return lengthDays === 7 ? `Every ${weekday}` : `Every ${lengthDays / 7} weeks on ${weekday}`;
}

function RotationFields({ at, people }: { at: number; people: readonly Choice[] }) {
  const path = `rotations.${at}` as const;
  const [startsOn, lengthDays] = useWatch<
    OnCallForm,
    [`${typeof path}.startsOn`, `${typeof path}.lengthDays`]
  >({
    name: [`${path}.startsOn`, `${path}.lengthDays`],
  });
  return (
    <>
      <TextField name={`${path}.name`} label="Name" hint="As escalation steps call it" />
      <NameList
        name={`${path}.people`}
        label="People, in the order of their turns"
        none=""
        add="Add a person"
        choices={people}
        ordered
      />
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <TextField
          name={`${path}.startsOn`}
          label="First hand-over on"
          type="date"
          hint={handoverWords(startsOn, lengthDays)}
        />
        <TextField name={`${path}.handoverAt`} label="At" type="time" hint="On the wall clock there" />
        <TextField name={`${path}.lengthDays`} label="A turn lasts (days)" type="number" min={1} max={90} />
        <ZoneField name={`${path}.zone`} label="Time zone" className="max-sm:col-span-2" />
      </div>
    </>
  );
}

/** What becomes of what is typed: only a rotation that is valid by itself can be drawn. */
function Preview({ at, people }: { at: number; people: readonly Choice[] }) {
  const nowMs = useNow();
  const rotation = useWatch<OnCallForm, `rotations.${number}`>({ name: `rotations.${at}` });
  const document = OnCallDocument.safeParse(toOnCallDocument({ rotations: [rotation] }));
  const [drawn] = document.data?.rotations ?? [];
  const minuteMs = nowMs === null ? null : Math.floor(nowMs / 60_000) * 60_000;
  return (
    <section aria-label={`Who is on call by rotation ${at + 1}`}>
      <h4 className="text-small text-dim mb-1">Who is on call</h4>
      {document.success && drawn && minuteMs !== null ? (
        <DutyStrip
          document={document.data}
          rotation={drawn}
          names={new Map(people.map(({ value, label }) => [value, label]))}
          nowMs={minuteMs}
        />
      ) : (
        <p className="text-faint">Drawn as soon as the rotation is complete.</p>
      )}
    </section>
  );
}
