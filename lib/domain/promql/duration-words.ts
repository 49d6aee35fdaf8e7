const UNITS: readonly (readonly [unit: string, noun: string])[] = [
  ["y", "year"],
  ["w", "week"],
  ["d", "day"],
  ["h", "hour"],
  ["ms", "millisecond"],
  ["m", "minute"],
  ["s", "second"],
];
const DURATION = /^(?:\d+(?:y|w|d|h|ms|m|s))+$/;

/** A PromQL duration as people say it: `1h30m` is "1 hour 30 minutes", `300` is "300 seconds"; others as they stand. */
export function durationWords(text: string): string {
  const written = text.trim();
  if (/^\d+(?:\.\d+)?$/.test(written)) return counted(Number(written), "second");
  if (!DURATION.test(written)) return written;
  const parts = [...written.matchAll(/(\d+)(y|w|d|h|ms|m|s)/g)];
  return parts
    .map(([, count, unit]) => counted(Number(count), UNITS.find(([own]) => own === unit)?.[1] ?? ""))
    .join(" ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
