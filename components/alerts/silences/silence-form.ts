import { CreateSilence } from "#lib/contracts/silences.ts";
import { readMatchers } from "#lib/domain/alerts/label-filter.ts";

/** How long a silence may last, as the form offers it. */
export const SILENCE_HOURS = [
  { value: "1", label: "1 hour" },
  { value: "2", label: "2 hours" },
  { value: "4", label: "4 hours" },
  { value: "8", label: "8 hours" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "7 days" },
] as const;

/** What people fill in. */
export interface SilenceForm {
  matchers: string;
  hours: string;
  reason: string;
}

type Errors = Partial<Record<keyof SilenceForm, string>>;

const HOUR_MS = 3_600_000;
const FIELD_OF: Readonly<Record<string, keyof SilenceForm>> = {
  matchers: "matchers",
  endsAt: "hours",
  reason: "reason",
};

/** The field of the form that a path of the request belongs to. */
export function silenceFieldOf(path: string): keyof SilenceForm | null {
  return FIELD_OF[path.split(".")[0] ?? ""] ?? null;
}

/** The end of a silence that begins now. */
export function endOf(hours: string, nowMs: number): string {
  return new Date(nowMs + Number(hours) * HOUR_MS).toISOString();
}

/** The request that a form makes, or what is wrong with which field. */
export function toSilence(
  { matchers, hours, reason }: SilenceForm,
  nowMs: number,
): { wanted: CreateSilence; errors: null } | { wanted: null; errors: Errors } {
  const read = readMatchers(matchers);
  if ("problem" in read) return { wanted: null, errors: { matchers: read.problem } };
  const endsAt = endOf(hours, nowMs);
  const parsed = CreateSilence.safeParse({ matchers: read.matchers, endsAt, reason });
  if (parsed.success) return { wanted: parsed.data, errors: null };
  const errors: Errors = {};
  for (const { path, message } of parsed.error.issues) {
    const field = silenceFieldOf(String(path[0]));
    if (field) errors[field] ??= field === "reason" ? "say why, for whoever finds it at night" : message;
  }
  return { wanted: null, errors };
}
