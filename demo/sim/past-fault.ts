import { readFaultRequest } from "./fault-requests.ts";
import type { Fault, World } from "./world.ts";

const MINUTE_MS = 60_000;
const SENTENCE = /^(\S+) (\S+) (\d{1,5})(?: (\d{1,5}))?$/;

/** A fault that the world begins with, as `DEMO_BREAK` tells it. */
export interface PastFault extends Pick<Fault, "scenario" | "target" | "strength"> {
  /** Before the world's birth. */
  beganMinutesAgo: number;
  /** null: it goes on until it is healed. */
  endedMinutesAgo: number | null;
}

/**
 * Reads "errors checkout 84 60": what `demo:break` takes, how many minutes ago it began, and how many minutes ago it
 * ended unless it goes on.
 * @throws Error that says how it is written; UnknownFault
 */
export function parsePastFault(sentence: string): PastFault {
  const [, scenario, target, began, ended] = SENTENCE.exec(sentence) ?? [];
  const beganMinutesAgo = Number(began);
  const endedMinutesAgo = ended === undefined ? null : Number(ended);
  if (scenario === undefined || target === undefined || beganMinutesAgo <= (endedMinutesAgo ?? 0)) {
    throw new Error('is written like "errors checkout 84 60": began 84 min ago, ended 60 min ago or goes on');
  }
  return { ...readFaultRequest({ scenario, target }), beganMinutesAgo, endedMinutesAgo };
}

/** Tells a new world of it. */
export function addPastFault(world: World, fault: PastFault): void {
  const { beganMinutesAgo, endedMinutesAgo, ...what } = fault;
  const before = (minutes: number) => world.birthMs - minutes * MINUTE_MS;
  const toMs = endedMinutesAgo === null ? null : before(endedMinutesAgo);
  world.faults.push({ ...what, fromMs: before(beganMinutesAgo), toMs });
}
