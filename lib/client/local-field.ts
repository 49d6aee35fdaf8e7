import { instantOf, localTimeAt } from "#lib/domain/slo/time/zone.ts";

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/;
const two = (value: number) => String(value).padStart(2, "0");

/** An instant as a field for date and time holds it, on the wall clock of a zone: "2026-11-21T08:30:05". */
export function toLocalField(atMs: number, zone: string): string {
  const { year, month, day, hour, minute } = localTimeAt(atMs, zone);
  const seconds = Math.floor(atMs / 1000) % 60;
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(seconds)}`;
}

/** The instant that such a field names, as ISO 8601; null where nothing readable was typed. */
export function fromLocalField(text: string, zone: string): string | null {
  const match = LOCAL.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const local = { year: year!, month: month!, day: day!, hour: hour!, minute: minute! };
  return new Date(instantOf(local, zone) + (second ?? 0) * 1000).toISOString();
}
