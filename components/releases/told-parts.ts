interface Part {
  text: string;
  /** The instant that the text names, as ISO 8601; null where it names none. */
  at: string | null;
}

/** As the gate writes them: "2026-11-22T16:23:50.946Z", "2026-11-22 16:23 UTC". */
const MOMENT = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z|\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC)/;

function instantOf(text: string): string | null {
  if (!MOMENT.test(text)) return null;
  const iso = text.replace(/^(.{10}) (.{5}) UTC$/, "$1T$2:00Z");
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** A text cut at the instants that it names; what only looks like one stays text. */
export function partsOf(text: string): Part[] {
  return text
    .split(MOMENT)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, at: instantOf(part) }));
}
