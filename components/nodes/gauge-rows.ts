import type { NodeHealth } from "#lib/contracts/cluster.ts";
import type { Level } from "#lib/domain/status/status.ts";
import { writeBytesPerSecond, writeDays, writeRatio } from "#lib/domain/words/figures.ts";

/** One small multiple of a node's strip: the figure now and the last 24 hours behind it. */
export interface GaugeRow {
  label: string;
  level: Level;
  figure: string;
  /** Where it is heading, where that is known. */
  note: string | null;
  /** Why there is no figure. */
  why: string | null;
  /** The last 24 hours above the foot of their box, and how high that box is in the same unit. */
  spark: { values: readonly (number | null)[]; max: number };
}

interface Gauge {
  level: Level;
  spark: readonly (number | null)[];
}

/** A slower rise than this a day says nothing: noise and rhythm alone do as much. */
const NOTABLE_RISE_PER_DAY = 0.005;
/** All ratios are drawn to one scale, a quarter high at least: slopes compare and a ripple stays a ripple. */
const LEAST_SPAN = 0.25;
/** Beyond three months a forecast from the present rate is a guess. */
const FORECAST_DAYS = 90;

/** CPU, memory, fullest filesystem and network of a node, in that order. */
export function gaugeRows(node: NodeHealth): GaugeRow[] {
  const { cpu, memory, disk, network } = node;
  const row = (label: string, gauge: Gauge, figure: string, known: boolean) => ({
    label,
    level: gauge.level,
    spark: toScale(gauge.spark, LEAST_SPAN),
    figure,
    note: null,
    why: known ? null : missingReason(label, node),
  });
  return [
    row("CPU", cpu, writeRatio(cpu.ratio), cpu.ratio !== null),
    {
      ...row("Memory", memory, writeRatio(memory.ratio), memory.ratio !== null),
      note: rise(memory.risePerDayRatio),
    },
    {
      ...row(diskLabel(disk.mountpoint), disk, writeRatio(disk.ratio), disk.ratio !== null),
      note: forecast(disk.fullInDays),
    },
    {
      ...row(
        "Network",
        network,
        writeBytesPerSecond(network.bytesPerSecond),
        network.bytesPerSecond !== null,
      ),
      spark: toScale(network.spark, 0),
    },
  ];
}

/** Moves a line to the middle of a box that is as high as its own span, or `leastSpan`. */
export function toScale(values: readonly (number | null)[], leastSpan: number): GaugeRow["spark"] {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return { values, max: leastSpan };
  const [low, high] = [Math.min(...present), Math.max(...present)];
  const max = Math.max(leastSpan, high - low);
  const foot = (low + high - max) / 2;
  return { values: values.map((value) => (value === null ? null : value - foot)), max };
}

/** "rising 1.9 %/d"; null when it hardly rises or nothing is known. */
export function rise(perDayRatio: number | null): string | null {
  if (perDayRatio === null || perDayRatio < NOTABLE_RISE_PER_DAY) return null;
  return `rising ${writeRatio(perDayRatio)}/d`;
}

/** "full in 6 d", "full" when it is, null when nothing points there within three months. */
export function forecast(fullInDays: number | null): string | null {
  if (fullInDays === null || fullInDays > FORECAST_DAYS) return null;
  return fullInDays <= 0 ? "full" : `full in ${writeDays(fullInDays)}`;
}

function diskLabel(mountpoint: string | null): string {
  return mountpoint === null ? "Disk" : `Disk ${mountpoint}`;
}

function missingReason(label: string, node: NodeHealth): string {
  const state = node.up === false ? `${node.name} is down` : `nothing reports it for ${node.name}`;
  return `No figure for ${label}: ${state}`;
}
