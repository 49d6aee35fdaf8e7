import { cpus, totalmem } from "node:os";
import { calibrationMs, median } from "./calibrate.ts";

/** One figure over several rounds. */
export interface Arm {
  name: string;
  unit: string;
  values: number[];
  median: number;
  min: number;
  max: number;
}

/** A figure that must hold. */
export interface Bar {
  name: string;
  value: number;
  bar: string;
  met: boolean;
}

export interface BenchReport {
  machine: { cores: number; model: string; memoryGiB: number; node: string; calibrationMs: number };
  rounds: number;
  arms: Arm[];
  bars: Bar[];
}

export function arm(name: string, unit: string, values: number[]): Arm {
  return { name, unit, values, median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** A bar that holds while the value stays at or under the limit; NaN never does. */
export function atMost(name: string, value: number, limit: number, unit: string): Bar {
  return { name, value, bar: `<= ${limit} ${unit}`, met: value <= limit };
}

/** A bar that holds while the value stays at or above the limit; NaN never does. */
export function atLeast(name: string, value: number, limit: number, unit: string): Bar {
  return { name, value, bar: `>= ${limit} ${unit}`, met: value >= limit };
}

export function report(rounds: number, arms: Arm[], bars: Bar[]): BenchReport {
  const model = cpus()[0]?.model ?? "unknown";
  return {
    machine: {
      cores: cpus().length,
      model,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      calibrationMs: calibrationMs(),
    },
    rounds,
    arms,
    bars,
  };
}

const figure = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "-");

/** The report as plain text: arms with their spread, then the bars. */
export function table({ machine, rounds, arms, bars }: BenchReport): string {
  const head = `${machine.cores} cores, ${machine.model}, Node ${machine.node}, calibration ${figure(machine.calibrationMs)} ms, ${rounds} rounds`;
  const rows = arms.map(
    (a) =>
      `${a.name.padEnd(44)} ${figure(a.median).padStart(8)} ${a.unit.padEnd(8)} (${figure(a.min)} to ${figure(a.max)})`,
  );
  const held = bars.map(
    (b) => `${b.met ? "met   " : "NOT MET"} ${b.name.padEnd(44)} ${figure(b.value)} (${b.bar})`,
  );
  return [head, ...rows, "", ...held].join("\n");
}
