import { instantOf, localTimeAt } from "../slo/time/zone.ts";

const DAY_MS = 86_400_000;

/** People who take turns. All of it is wall-clock time of the zone: a turn is as many days long across a change of the clock. */
export interface Rotation {
  name: string;
  /** Ids, in the order of their turns. */
  people: readonly string[];
  /** The local day, "YYYY-MM-DD", on which the first person's first turn begins. */
  startsOn: string;
  lengthDays: number;
  /** "HH:MM" at which a turn passes to the next. */
  handoverAt: string;
  zone: string;
}

/** Somebody stands in for whoever would be on call. */
export interface Override {
  rotation: string;
  personId: string;
  fromMs: number;
  toMs: number;
}

export interface OnCallPolicy {
  rotations: readonly Rotation[];
  overrides: readonly Override[];
}

/** Who is on call, and from when to when as things stand. */
export interface Duty {
  rotation: string;
  personId: string;
  fromMs: number;
  untilMs: number;
  standIn: boolean;
}

/** The instant, in ms, at which turn number `turn` begins; the first is 0. */
export function turnBeginsMs({ startsOn, lengthDays, handoverAt, zone }: Rotation, turn: number): number {
  const [year = 0, month = 0, day = 0] = startsOn.split("-").map(Number);
  const [hour = 0, minute = 0] = handoverAt.split(":").map(Number);
  return instantOf({ year, month, day: day + turn * lengthDays, hour, minute }, zone);
}

/** The number of the turn that an instant lies in; negative before the rotation begins. */
function turnAt(rotation: Rotation, atMs: number): number {
  const { year, month, day } = localTimeAt(atMs, rotation.zone);
  const days = (Date.UTC(year, month - 1, day) - Date.parse(`${rotation.startsOn}T00:00:00Z`)) / DAY_MS;
  const guess = Math.floor(days / rotation.lengthDays);
  return turnBeginsMs(rotation, guess) <= atMs ? guess : guess - 1;
}

/** The turn of a rotation at an instant, overrides aside; null before it begins. */
function regularDuty(rotation: Rotation, atMs: number): Duty | null {
  const turn = turnAt(rotation, atMs);
  const personId = turn < 0 ? undefined : rotation.people[turn % rotation.people.length];
  if (personId === undefined) return null;
  return {
    rotation: rotation.name,
    personId,
    fromMs: turnBeginsMs(rotation, turn),
    untilMs: turnBeginsMs(rotation, turn + 1),
    standIn: false,
  };
}

/** The override in force: of several the one that was entered last. */
function overrideAt(policy: OnCallPolicy, rotation: string, atMs: number): Override | null {
  const covers = (one: Override) => one.rotation === rotation && one.fromMs <= atMs && atMs < one.toMs;
  return policy.overrides.findLast(covers) ?? null;
}

function dutyOf(policy: OnCallPolicy, rotation: Rotation, atMs: number): Duty | null {
  const over = overrideAt(policy, rotation.name, atMs);
  const mine = policy.overrides.filter((one) => one.rotation === rotation.name);
  const edges = mine.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  const before = edges.filter((edge) => edge <= atMs);
  const after = edges.filter((edge) => edge > atMs);
  const regular = regularDuty(rotation, atMs);
  if (over) {
    const { personId, fromMs, toMs } = over;
    return {
      rotation: rotation.name,
      personId,
      fromMs: Math.max(fromMs, ...before),
      untilMs: Math.min(toMs, ...after),
      standIn: true,
    };
  }
  if (!regular) return null;
  const fromMs = Math.max(regular.fromMs, ...before);
  return { ...regular, fromMs, untilMs: Math.min(regular.untilMs, ...after) };
}

/** Who is on call at an instant, rotation by rotation; one that has not begun has nobody. */
export function whoIsOnCall(policy: OnCallPolicy, atMs: number): Duty[] {
  return policy.rotations.flatMap((rotation) => dutyOf(policy, rotation, atMs) ?? []);
}

/** Who is on call after the duty that holds at an instant ends; null where nobody will be. */
export function whoIsNext(policy: OnCallPolicy, rotation: Rotation, atMs: number): Duty | null {
  const now = dutyOf(policy, rotation, atMs);
  if (now) return dutyOf(policy, rotation, now.untilMs);
  const firstMs = turnBeginsMs(rotation, 0);
  return firstMs > atMs ? dutyOf(policy, rotation, firstMs) : null;
}

/** When somebody is next on call after an instant at which nobody is, in ms; Infinity for never. */
function nextBeginningMs(policy: OnCallPolicy, rotation: Rotation, atMs: number): number {
  const standIns = policy.overrides.filter((one) => one.rotation === rotation.name && one.toMs > one.fromMs);
  const begins = [turnBeginsMs(rotation, 0), ...standIns.map(({ fromMs }) => fromMs)];
  return Math.min(...begins.filter((beginMs) => beginMs > atMs));
}

/** Who is on call in a span of time, duty by duty as they stand whole; where nobody is there is none. */
export function dutiesBetween(
  policy: OnCallPolicy,
  rotation: Rotation,
  fromMs: number,
  toMs: number,
): Duty[] {
  const duties: Duty[] = [];
  let atMs = fromMs;
  while (atMs < toMs) {
    const duty = dutyOf(policy, rotation, atMs);
    if (duty) duties.push(duty);
    atMs = duty?.untilMs ?? nextBeginningMs(policy, rotation, atMs);
  }
  return duties;
}
