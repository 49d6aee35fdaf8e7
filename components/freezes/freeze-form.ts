import { fromLocalField } from "#lib/client/local-field.ts";
import { CreateFreeze } from "#lib/contracts/freezes.ts";
import { isZone, localTimeAt } from "#lib/domain/slo/time/zone.ts";

/** What people fill in; times are on the wall clock of `zone`. */
export interface FreezeForm {
  name: string;
  reason: string;
  kind: "once" | "recurring";
  from: string;
  to: string;
  rule: string;
  startsAt: string;
  hours: string;
  zone: string;
  services: string[];
  tiers: string[];
}

const two = (value: number) => String(value).padStart(2, "0");

/** A local day as a field for date and time holds it; days past their month carry over. */
function fieldOf(year: number, month: number, day: number, clock: string): string {
  const date = new Date(Date.UTC(year, month - 1, day));
  return `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}T${clock}`;
}

/** The ways to begin that the form offers. */
export const PRESETS = ["once", "fridays", "holidays", "rule"] as const;
export type Preset = (typeof PRESETS)[number];
export const WORD_OF_PRESET: Record<Preset, string> = {
  once: "Once",
  fridays: "Every Friday from 15:00",
  holidays: "Over the holidays",
  rule: "By a rule of your own",
};

/** The form as a preset fills it in. */
export function presetForm(
  preset: Preset,
  nowMs: number,
  zone: string,
): Omit<FreezeForm, "services" | "tiers"> {
  const { year, month, day } = localTimeAt(nowMs, zone);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const friday = day + ((5 - weekday + 7) % 7);
  const empty = {
    name: "",
    reason: "",
    kind: "once" as const,
    from: fieldOf(year, month, day + 1, "00:00"),
    to: fieldOf(year, month, day + 2, "00:00"),
    rule: "FREQ=WEEKLY;BYDAY=FR",
    startsAt: fieldOf(year, month, friday, "15:00"),
    hours: "9",
    zone,
  };
  if (preset === "fridays") return { ...empty, kind: "recurring", name: "Friday afternoons" };
  if (preset === "rule") return { ...empty, kind: "recurring" };
  if (preset === "once") return empty;
  // On 29 December people mean the holidays that run, from now on.
  const holidays = { from: fieldOf(year, 12, Math.max(24, month === 12 ? day : 24), "00:00") };
  return { ...empty, ...holidays, to: fieldOf(year + 1, 1, 2, "08:00"), name: "Holidays" };
}

/** The instant a field names; what names none is handed on, for the contract to refuse. */
const instant = (text: string, zone: string) => (isZone(zone) ? fromLocalField(text, zone) : null) ?? text;

type Errors = Partial<Record<keyof FreezeForm, string>>;

/** The field of the form that a path of the request belongs to. */
export function freezeFieldOf(path: string): keyof FreezeForm | null {
  const [head, member] = path.split(".");
  if (head === "services" || head === "tiers" || head === "name" || head === "reason") return head;
  if (head !== "when") return null;
  const known = { from: "from", to: "to", rule: "rule", startsAt: "startsAt", zone: "zone" } as const;
  if (member === "durationMinutes") return "hours";
  return known[member as keyof typeof known] ?? null;
}

/** The request that a form makes, or what is wrong with which field. */
export function toFreeze(
  form: FreezeForm,
): { wanted: CreateFreeze; errors: null } | { wanted: null; errors: Errors } {
  const { kind, from, to, rule, startsAt, hours, zone, ...rest } = form;
  if (kind === "once" && !isZone(zone))
    return { wanted: null, errors: { zone: "is no time zone, such as Europe/Vienna" } };
  const when =
    kind === "once"
      ? { kind, from: instant(from, zone), to: instant(to, zone) }
      : {
          ...{ kind, rule, zone },
          startsAt: startsAt.slice(0, 16),
          durationMinutes: Math.round(Number(hours) * 60),
        };
  const parsed = CreateFreeze.safeParse({ ...rest, when });
  if (parsed.success) return { wanted: parsed.data, errors: null };
  const errors: Errors = {};
  for (const { path, message } of parsed.error.issues) {
    const field = freezeFieldOf(path.join("."));
    if (field) errors[field] ??= message;
  }
  return { wanted: null, errors };
}
