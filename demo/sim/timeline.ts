import { UPTIME_AT_START_MS } from "./collectors/node-exporter.ts";
import { momentAt, type Moment } from "./moment.ts";
import type { Series, Tally } from "./series.ts";
import { faultsAt, TICK_MS, tickStart, type World } from "./world.ts";

/** Sums of every counter at the start of a tick, kept so that no moment has to be counted up from the beginning. */
export interface Checkpoints {
  /** The newest checkpoint at or before `tMs`. */
  before(tMs: number): { tMs: number; sums: Float64Array } | null;
  /** Called at every tick that is due for one, in order. */
  save(tMs: number, sums: Float64Array): void;
}

type Read = (moment: Moment) => number;

const CHECKPOINT_MS = 180 * TICK_MS;
/** Absorbs the rounding of a sum of thirds, so that a whole count is never shown one too low. */
const WHOLE = 1e-6;

interface Position {
  tMs: number;
  sums: Float64Array;
}

const talliesOf = (series: readonly Series[]): Tally[] => [
  ...new Set(series.flatMap((one) => (one.mode === "tally" ? [one.tally] : []))),
];

/** How many sums are kept for some series: one for each, and then one for each class of their tallies. */
export function sumsLength(series: readonly Series[]): number {
  return talliesOf(series).reduce((sum, { classes }) => sum + classes, series.length);
}

/** The values of all series at any time from the world's start on: a function of the world alone. */
export class Timeline {
  readonly #world: World;
  readonly #series: readonly Series[];
  /** The series that are counted up by themselves, with their places. */
  readonly #rates: readonly (readonly [number, Read])[];
  /** The tallies, with the place of their first class in the sums. */
  readonly #tallies: ReadonlyMap<Tally, number>;
  /** Per series, the places of the classes that it adds up; none for the others. */
  readonly #parts: readonly Int32Array[];
  /** Per sum, its whole number; only good while values are read. */
  readonly #wholes: Float64Array;
  readonly #checkpoints: Checkpoints;
  /** The tick reached last; reading forward from it is cheap. */
  #reached: Position;

  constructor(world: World, series: readonly Series[], checkpoints: Checkpoints) {
    this.#world = world;
    this.#series = series;
    this.#rates = series.flatMap((one, index) => (one.mode === "rate" ? [[index, one.read] as const] : []));
    let first = series.length;
    const placed = talliesOf(series).map(
      (tally) => [tally, (first += tally.classes) - tally.classes] as const,
    );
    this.#tallies = new Map(placed);
    this.#parts = series.map((one) =>
      one.mode === "tally"
        ? Int32Array.from(one.classes, (index) => this.#tallies.get(one.tally)! + index)
        : new Int32Array(0),
    );
    this.#wholes = new Float64Array(first);
    this.#checkpoints = checkpoints;
    this.#reached = this.#start();
  }

  /** Values at `tMs`, in the order of the series; NaN where a series does not exist. */
  valuesAt(tMs: number): Float64Array {
    const tickMs = tickStart(tMs);
    const sums = this.#seek(tickMs).sums.slice();
    this.#grow(sums, tickMs, tMs, momentAt(this.#world, tickMs));
    const values = new Float64Array(this.#series.length);
    this.#read(sums, momentAt(this.#world, tMs), values);
    return values;
  }

  /**
   * Calls `visit` with the values at each tick from the first at or after `fromMs` up to and with `toMs`. The values are
   * only good during the call.
   */
  eachTick(fromMs: number, toMs: number, visit: (tMs: number, values: Float64Array) => void): void {
    const values = new Float64Array(this.#series.length);
    const position = this.#seek(tickStart(fromMs + TICK_MS - 1));
    while (position.tMs <= toMs) {
      const moment = momentAt(this.#world, position.tMs);
      this.#read(position.sums, moment, values);
      visit(position.tMs, values);
      this.#step(position, moment);
    }
  }

  /** Moves to a tick, forward from the nearest known place. */
  #seek(tickMs: number): Position {
    const known = this.#checkpoints.before(tickMs);
    if (this.#reached.tMs > tickMs || (known && known.tMs > this.#reached.tMs)) {
      this.#reached = known ? { tMs: known.tMs, sums: known.sums.slice() } : this.#start();
    }
    const position = this.#reached;
    while (position.tMs < tickMs) this.#step(position, momentAt(this.#world, position.tMs));
    return position;
  }

  #step(position: Position, moment: Moment): void {
    const nextMs = position.tMs + TICK_MS;
    this.#grow(position.sums, position.tMs, nextMs, moment);
    position.tMs = nextMs;
    if (nextMs % CHECKPOINT_MS === 0) this.#checkpoints.save(nextMs, position.sums);
  }

  /** Adds what the counters grow by from the start of a tick, piecewise between the faults that begin or end inside it. */
  #grow(sums: Float64Array, tickMs: number, toMs: number, atStart: Moment): void {
    let atMs = tickMs;
    let moment = atStart;
    for (const edgeMs of this.#edges(tickMs, toMs)) {
      const seconds = (edgeMs - atMs) / 1000;
      this.#add(sums, moment, seconds);
      atMs = edgeMs;
      if (atMs < toMs) moment = momentAt(this.#world, tickMs, faultsAt(this.#world, atMs));
    }
  }

  #add(sums: Float64Array, moment: Moment, seconds: number): void {
    for (const [index, read] of this.#rates) sums[index]! += read(moment) * seconds;
    for (const [tally, first] of this.#tallies) {
      const perSecond = tally.perSecond(moment);
      for (let one = 0; one < tally.classes; one++) sums[first + one]! += perSecond[one]! * seconds;
    }
  }

  #edges(fromMs: number, toMs: number): number[] {
    if (toMs <= fromMs) return [];
    const inside = (tMs: number | null): tMs is number => tMs !== null && tMs > fromMs && tMs < toMs;
    const edges = this.#world.faults.flatMap((fault) => [fault.fromMs, fault.toMs]).filter(inside);
    return [...new Set(edges), toMs].sort((a, b) => a - b);
  }

  #read(sums: Float64Array, moment: Moment, values: Float64Array): void {
    for (let index = 0; index < sums.length; index++) this.#wholes[index] = Math.floor(sums[index]! + WHOLE);
    for (let index = 0; index < values.length; index++) {
      const series = this.#series[index]!;
      if (series.mode === "tally") values[index] = this.#total(this.#parts[index]!);
      else if (series.mode === "rate") values[index] = (series.whole ? this.#wholes : sums)[index]!;
      else values[index] = series.whole ? Math.floor(series.read(moment) + WHOLE) : series.read(moment);
    }
  }

  #total(parts: Int32Array): number {
    let total = 0;
    for (let one = 0; one < parts.length; one++) total += this.#wholes[parts[one]!]!;
    return total;
  }

  /** Counters begin as if they had run since the nodes were booted. */
  #start(): Position {
    const { startMs } = this.#world;
    const sums = new Float64Array(this.#wholes.length);
    this.#add(sums, momentAt(this.#world, startMs), UPTIME_AT_START_MS / 1000);
    return { tMs: startMs, sums };
  }
}
