import type { OnCallDocument } from "#lib/contracts/on-call.ts";
import { instantOf, isZone, localTimeAt } from "#lib/domain/slo/time/zone.ts";

/** Somebody stands in; times are of the rotation's wall clock, "YYYY-MM-DDTHH:MM". */
export interface OverrideForm {
  personId: string;
  from: string;
  to: string;
  /** The instants as they were kept, "" for none: a wall clock knows no seconds, and shows some hours twice. */
  fromKept: string;
  toKept: string;
}

type RotationDocument = OnCallDocument["rotations"][number];

/** A rotation with those who stand in, so that they go with it when it is renamed. */
export interface RotationForm extends RotationDocument {
  overrides: OverrideForm[];
}

export interface OnCallForm {
  rotations: RotationForm[];
}

/** An instant on the wall clock of a zone, as a field of date and time has it. */
export function wallTextOf(atMs: number, zone: string): string {
  const { year, month, day, hour, minute } = localTimeAt(atMs, zone);
  const two = (figure: number) => String(figure).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The instant that a wall clock means; the one that was kept where it still reads so, the text itself where it means none. */
function instantText(wall: string, kept: string, zone: string): string {
  const typed = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(wall);
  if (!typed || !isZone(zone)) return wall;
  if (kept !== "" && wallTextOf(Date.parse(kept), zone) === wall) return kept;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = typed.slice(1).map(Number);
  return new Date(instantOf({ year, month, day, hour, minute }, zone)).toISOString();
}

/** What the form begins with. */
export function toOnCallForm({ rotations, overrides }: OnCallDocument): OnCallForm {
  const standInsOf = ({ name, zone }: RotationDocument) =>
    overrides
      .filter(({ rotation }) => rotation === name)
      .map(({ personId, from, to }) => ({
        personId,
        from: wallTextOf(Date.parse(from), zone),
        to: wallTextOf(Date.parse(to), zone),
        fromKept: from,
        toKept: to,
      }));
  return { rotations: rotations.map((rotation) => ({ ...rotation, overrides: standInsOf(rotation) })) };
}

/** The document that a form says; what is typed wrongly is in it as it was typed. */
export function toOnCallDocument({ rotations }: OnCallForm): OnCallDocument {
  return {
    rotations: rotations.map(({ name, people, startsOn, lengthDays, handoverAt, zone }) => ({
      name,
      people,
      startsOn,
      lengthDays,
      handoverAt,
      zone,
    })),
    overrides: rotations.flatMap(({ name, zone, overrides }) =>
      overrides.map(({ personId, from, to, fromKept, toKept }) => ({
        rotation: name,
        personId,
        from: instantText(from, fromKept, zone),
        to: instantText(to, toKept, zone),
      })),
    ),
  };
}

/** The field of the form that a path into its document means: overrides are numbered through all rotations there. */
export function onCallFieldOf(path: string, { rotations }: OnCallForm): string {
  const found = /^overrides\.(\d+)(.*)$/.exec(path);
  if (!found) return path;
  let nth = Number(found[1]);
  for (const [at, { overrides }] of rotations.entries()) {
    if (nth < overrides.length) return `rotations.${at}.overrides.${nth}${found[2] ?? ""}`;
    nth -= overrides.length;
  }
  return path;
}
