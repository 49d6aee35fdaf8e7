import type { EventBody, WrittenBody } from "#lib/contracts/incident-events.ts";

const WRITTEN: Readonly<Record<WrittenBody["kind"], true>> = {
  note: true,
  chart: true,
  logs: true,
  attachment: true,
};

/** Whether an entry came of a person: what they typed, or a file. */
export function isWritten(body: EventBody): body is WrittenBody {
  return Object.hasOwn(WRITTEN, body.kind);
}
