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

export const CHECKPOINT_MS = 180 * TICK_MS;
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
  readonly #checkpoints: Checkpoints;
  /** The tick reached last; reading forward from it is cheap. */
  #reached: Position;

  constructor(world: World, series: readonly Series[], checkpoints: Checkpoints) {
    this.#world = world;
    this.#series = series;
    this.#checkpoints = checkpoints;
    this.#reached = this.#start();
  }

  /** Values at `tMs`, in the order of the series; NaN where a series does not exist. */
  valuesAt(tMs: number): Float64Array {
    return this.#read(this.#sumsAt(tMs), momentAt(this.#world, tMs));
  }

  /** Calls `visit` with the values at each tick from the first at or after `fromMs` up to and with `toMs`. */
  eachTick(fromMs: number, toMs: number, visit: (tMs: number, values: Float64Array) => void): void {
    for (let tMs = tickStart(fromMs + TICK_MS - 1); tMs <= toMs; tMs += TICK_MS) {
      const { sums } = this.#seek(tMs);
      visit(tMs, this.#read(sums, momentAt(this.#world, tMs)));
    }
  }

  #sumsAt(tMs: number): Float64Array {
    const { tMs: fromMs, sums } = this.#seek(tickStart(tMs));
    const copy = sums.slice();
    this.#grow(copy, fromMs, tMs);
    return copy;
  }

  /** Moves to a tick, forward from the nearest known place. */
  #seek(tickMs: number): Position {
    const known = this.#checkpoints.before(tickMs);
    if (this.#reached.tMs > tickMs || (known && known.tMs > this.#reached.tMs)) {
      this.#reached = known ? { tMs: known.tMs, sums: known.sums.slice() } : this.#start();
    }
    const position = this.#reached;
    while (position.tMs < tickMs) {
      this.#grow(position.sums, position.tMs, position.tMs + TICK_MS);
      position.tMs += TICK_MS;
      if (position.tMs % CHECKPOINT_MS === 0) this.#checkpoints.save(position.tMs, position.sums);
    }
    return position;
  }

  /** Adds what the counters grow by within one tick, piecewise between the faults that begin or end inside it. */
  #grow(sums: Float64Array, fromMs: number, toMs: number): void {
    const tickMs = tickStart(fromMs);
    let atMs = fromMs;
    for (const edgeMs of this.#edges(fromMs, toMs)) {
      const moment = momentAt(this.#world, tickMs, faultsAt(this.#world, atMs));
      const seconds = (edgeMs - atMs) / 1000;
      this.#series.forEach((series, index) => {
        if (series.mode === "rate") sums[index]! += series.read(moment) * seconds;
      });
      atMs = edgeMs;
    }
  }

  #edges(fromMs: number, toMs: number): number[] {
    const inside = (tMs: number | null): tMs is number => tMs !== null && tMs > fromMs && tMs < toMs;
    const edges = this.#world.faults.flatMap((fault) => [fault.fromMs, fault.toMs]).filter(inside);
    return toMs > fromMs ? [...new Set(edges), toMs].sort((a, b) => a - b) : [];
  }

  #read(sums: Float64Array, moment: Moment): Float64Array {
    const values = new Float64Array(sums.length);
    this.#series.forEach((series, index) => {
      const value = series.mode === "rate" ? sums[index]! : series.read(moment);
      values[index] = series.whole ? Math.floor(value + WHOLE) : value;
    });
    return values;
  }

  /** Counters begin as if they had run since the nodes were booted. */
  #start(): Position {
    const { startMs } = this.#world;
    const moment = momentAt(this.#world, startMs);
    const sums = Float64Array.from(this.#series, (series) =>
      series.mode === "rate" ? (series.read(moment) * UPTIME_AT_START_MS) / 1000 : 0,
    );
    return { tMs: startMs, sums };
  }
}
