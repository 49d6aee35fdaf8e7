import { groupKey, groupOf } from "../definition/groups.ts";
import { type Measure, sliceSeconds } from "./measure.ts";
import { type Keyed, type Role, type Side, sidesOf } from "./sides.ts";
import { writeNewest, writeQuietSide, writeSide, writeUnrest } from "./write-side.ts";

/** A measure with the id that its slots are kept under. */
export interface KnownMeasure {
  id: string;
  measure: Measure;
}

/** Measures that differ only in the values of labels, as one question. */
export interface Fused {
  sides: readonly Side[];
  groupBy: readonly string[];
  /** Length of a time slice; null: counted by slot. */
  sliceSeconds: number | null;
  members: readonly KnownMeasure[];
}

/** Tells the rows of a fused answer apart. */
const ROLE_LABEL = "burnline_part";

const labelNames = ({ metric, keys, rest }: Keyed) => ({ metric, rest, keys: Object.keys(keys).sort() });

/** A side without the values that may differ. */
function shapeOfSide(side: Side): unknown {
  switch (side.count) {
    case "counter":
    case "rate":
      return { ...side, of: labelNames(side.of), siblings: labelNames(side.siblings) };
    case "native":
    case "age":
      return { ...side, of: labelNames(side.of) };
    case "expression":
      return side;
  }
}

function mergeKeyed(a: Keyed, b: Keyed): Keyed {
  const keys = Object.entries(a.keys).map(([label, values]) => [
    label,
    [...new Set([...values, ...(b.keys[label] ?? [])])],
  ]);
  return { ...a, keys: Object.fromEntries(keys) as Keyed["keys"] };
}

/** Two sides of one shape as the one that asks for both. */
function mergeSides(a: Side, b: Side): Side {
  if (a.count === "expression" || b.count === "expression") return a;
  const of = mergeKeyed(a.of, b.of);
  if ("siblings" in a && "siblings" in b) return { ...a, of, siblings: mergeKeyed(a.siblings, b.siblings) };
  return { ...a, of } as Side;
}

/** Puts together the measures that one query can answer; the order of the members is that of the list. */
export function fuse(measures: readonly KnownMeasure[]): Fused[] {
  const found = new Map<string, Fused & { sides: Side[]; members: KnownMeasure[] }>();
  for (const known of measures) {
    const { measure } = known;
    const sides = sidesOf(measure);
    const slice = sliceSeconds(measure);
    const shape = JSON.stringify([sides.map(shapeOfSide), measure.groupBy, slice]);
    const fused = found.get(shape);
    if (fused) {
      fused.sides = fused.sides.map((side, at) => mergeSides(side, sides[at] ?? side));
      fused.members.push(known);
    } else {
      found.set(shape, { sides, groupBy: measure.groupBy, sliceSeconds: slice, members: [known] });
    }
  }
  return [...found.values()];
}

function named(expr: string, name: string): string {
  return `label_replace(${expr}, "${ROLE_LABEL}", "${name}", "", "")`;
}

/** One query for all figures over windows of so many seconds, each named by its role. */
export function writeFused({ sides, groupBy }: Fused, windowSeconds: number): string {
  return sides.map((side) => named(`(${writeSide(side, groupBy, windowSeconds)})`, side.role)).join(" or ");
}

/** {@link writeFused} for days on which {@link writeFusedUnrest} is 0; null where not all sides are counters. */
export function writeFusedQuiet({ sides, groupBy }: Fused, windowSeconds: number): string | null {
  const parts = sides.map((side) => {
    const expr = writeQuietSide(side, groupBy, windowSeconds);
    return expr && named(`(${expr})`, side.role);
  });
  return parts.every((part) => part !== null) ? parts.join(" or ") : null;
}

/** What is 0 at the end of a day on which every counter was there throughout and none was reset; a row per role. */
export function writeFusedUnrest({ sides }: Fused): string | null {
  const parts = sides.map((side) => {
    const expr = writeUnrest(side);
    return expr && named(expr, side.role);
  });
  return parts.every((part) => part !== null) ? parts.join(" or ") : null;
}

/**
 * One query for this moment: the open slot so far (`open_…`), the newest five minutes (`live_…`) and the time of the
 * newest sample. Where slices are counted only the last is asked.
 */
export function writeFusedNow(fused: Fused, elapsedSeconds: number): string | null {
  const { sides, groupBy } = fused;
  const counted = (prefix: string, seconds: number) =>
    sides.map((side) => named(`(${writeSide(side, groupBy, seconds)})`, `${prefix}_${side.role}`));
  const main = sides.find(({ role }) => role !== "numerator");
  const newest = main ? writeNewest(main, groupBy) : null;
  const parts = [
    ...(fused.sliceSeconds === null ? [...counted("open", elapsedSeconds), ...counted("live", 300)] : []),
    ...(newest === null ? [] : [named(newest, "newest")]),
  ];
  return parts.length === 0 ? null : parts.join(" or ");
}

/** Where a row of a fused answer belongs. */
export interface RowPlace {
  measureId: string;
  group: string;
  /** "total", "open_total", "newest", … */
  part: string;
}

function combinations(values: readonly (readonly string[])[]): string[][] {
  return values.reduce<string[][]>(
    (rows, next) => rows.flatMap((row) => next.map((one) => [...row, one])),
    [[]],
  );
}

function indexOfSide(side: Side, members: readonly KnownMeasure[]): (labels: Labels) => readonly string[] {
  if (side.count === "expression") {
    const ids = members.map(({ id }) => id);
    return () => ids;
  }
  const labels = Object.keys(side.of.keys).sort();
  const index = new Map<string, string[]>();
  for (const { id, measure } of members) {
    const own = sidesOf(measure).find(({ role }) => role === side.role);
    if (!own || own.count === "expression") continue;
    for (const values of combinations(labels.map((label) => own.of.keys[label] ?? []))) {
      const key = JSON.stringify(values);
      index.set(key, [...(index.get(key) ?? []), id]);
    }
  }
  return (row) => index.get(JSON.stringify(labels.map((label) => row[label] ?? ""))) ?? [];
}

type Labels = Readonly<Record<string, string>>;

/** Finds the places of rows; a row that nobody asked for has none. */
export function placesOf({ sides, groupBy, members }: Fused): (labels: Labels) => RowPlace[] {
  const main = sides.find(({ role }) => role !== "numerator");
  const indexes = new Map<Role, (labels: Labels) => readonly string[]>();
  for (const side of sides) indexes.set(side.role, indexOfSide(side, members));
  return (labels) => {
    const part = labels[ROLE_LABEL] ?? "";
    const role = part === "newest" ? main?.role : (part.replace(/^(open|live)_/, "") as Role);
    const find = role === undefined ? undefined : indexes.get(role);
    const group = groupKey(groupOf(labels, groupBy));
    return (find?.(labels) ?? []).map((measureId) => ({ measureId, group, part }));
  };
}

/** What is asked for one measure, to show and to copy. */
export function writeMeasure(measure: Measure): { name: string; expr: string }[] {
  const seconds = sliceSeconds(measure) ?? 300;
  return sidesOf(measure).map((side) => ({
    name: side.role,
    expr: writeSide(side, measure.groupBy, seconds),
  }));
}
