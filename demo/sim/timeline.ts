import { UPTIME_AT_START_MS } from "./collectors/node-exporter.ts";
import { momentAt, type Moment } from "./moment.ts";
import type { Series } from "./series.ts";
import { faultsAt, TICK_MS, tickStart, type World } from "./world.ts";

/** Sums of every counter at the start of a tick, kept so that no moment has to be counted up from the beginning. */
export interface Checkpoints {
  /** The newest checkpoint at or before `tMs`. */
  before(tMs: number): { tMs: number; sums: Float64Array } | null;
  /** Called at every tick that is due for one, in order. */
  save(tMs: number, sums: Float64Array): void;
}

const CHECKPOINT_MS = 180 * TICK_MS;
/** Absorbs the rounding of a sum of thirds, so that a whole count is never shown one too low. */
const WHOLE = 1e-6;

interface Position {
  tMs: number;
  sums: Float64Array;
}

/** The values of all series at any time from the world's start on: a function of the world alone. */
export class Timeline {
  readonly #world: World;
  readonly #series: readonly Series[];
  /** Indexes of the series that are counted up; the others are read off the moment. */
  readonly #rates: readonly number[];
  readonly #checkpoints: Checkpoints;
  /** The tick reached last; reading forward from it is cheap. */
  #reached: Position;

  constructor(world: World, series: readonly Series[], checkpoints: Checkpoints) {
    this.#world = world;
    this.#series = series;
    this.#rates = series.flatMap(({ mode }, index) => (mode === "rate" ? [index] : []));
    this.#checkpoints = checkpoints;
    this.#reached = this.#start();
  }

  /** Values at `tMs`, in the order of the series; NaN where a series does not exist. */
  valuesAt(tMs: number): Float64Array {
    const tickMs = tickStart(tMs);
    const sums = this.#seek(tickMs).sums.slice();
    this.#grow(sums, tickMs, tMs, momentAt(this.#world, tickMs));
    const values = new Float64Array(sums.length);
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
      for (const index of this.#rates) sums[index]! += this.#series[index]!.read(moment) * seconds;
      atMs = edgeMs;
      if (atMs < toMs) moment = momentAt(this.#world, tickMs, faultsAt(this.#world, atMs));
    }
  }

  #edges(fromMs: number, toMs: number): number[] {
    if (toMs <= fromMs) return [];
    const inside = (tMs: number | null): tMs is number => tMs !== null && tMs > fromMs && tMs < toMs;
    const edges = this.#world.faults.flatMap((fault) => [fault.fromMs, fault.toMs]).filter(inside);
    return [...new Set(edges), toMs].sort((a, b) => a - b);
  }

  #read(sums: Float64Array, moment: Moment, values: Float64Array): void {
    for (let index = 0; index < values.length; index++) {
      const series = this.#series[index]!;
      const value = series.mode === "rate" ? sums[index]! : series.read(moment);
      values[index] = series.whole ? Math.floor(value + WHOLE) : value;
    }
  }

  /** Counters begin as if they had run since the nodes were booted. */
  #start(): Position {
    const { startMs } = this.#world;
    const moment = momentAt(this.#world, startMs);
    const sums = new Float64Array(this.#series.length);
    for (const index of this.#rates) {
      sums[index] = (this.#series[index]!.read(moment) * UPTIME_AT_START_MS) / 1000;
    }
    return { tMs: startMs, sums };
  }
}
