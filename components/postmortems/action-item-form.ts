import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { instantOf, localTimeAt } from "#lib/domain/slo/time/zone.ts";

/** An action item as its form holds it: all text. */
export interface ActionItemForm {
  text: string;
  ownerId: string;
  /** A day: "2026-12-01". */
  due: string;
  link: string;
}

const two = (value: number) => String(value).padStart(2, "0");

/** The day that an instant falls on in a zone; empty for none. */
export function dayOf(at: string | null, zone: string): string {
  if (at === null) return "";
  const { year, month, day } = localTimeAt(Date.parse(at), zone);
  return `${year}-${two(month)}-${two(day)}`;
}

/** The last minute of a day in a zone; null where no day was typed. */
export function endOfDay(day: string, zone: string): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return null;
  return new Date(instantOf({ year, month, day: date, hour: 23, minute: 59 }, zone)).toISOString();
}

/** What the form begins with. */
export function toForm(item: ActionItem | null, zone: string): ActionItemForm {
  return {
    text: item?.text ?? "",
    ownerId: item?.owner?.id ?? "",
    due: dayOf(item?.dueAt ?? null, zone),
    link: item?.link ?? "",
  };
}

/** The form as the API takes it; a day that was not changed keeps its instant. */
export function fromForm(form: ActionItemForm, item: ActionItem | null, zone: string) {
  const before = item?.dueAt ?? null;
  return {
    text: form.text,
    ownerId: form.ownerId === "" ? null : form.ownerId,
    dueAt: form.due === dayOf(before, zone) ? before : endOfDay(form.due, zone),
    link: form.link.trim() === "" ? null : form.link.trim(),
  };
}
