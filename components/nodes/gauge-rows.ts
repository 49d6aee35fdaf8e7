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
  spark: readonly (number | null)[];
  /** The value at the top of the line's box: 1 for ratios, so that a small ripple stays small. */
  max: number;
}

/** A slower rise than this a day says nothing: noise and rhythm alone do as much. */
const NOTABLE_RISE_PER_DAY = 0.005;
/** Beyond three months a forecast from the present rate is a guess. */
const FORECAST_DAYS = 90;

/** CPU, memory, fullest filesystem and network of a node, in that order. */
export function gaugeRows(node: NodeHealth): GaugeRow[] {
  const { cpu, memory, disk, network } = node;
  const row = (label: string, gauge: Pick<GaugeRow, "level" | "spark">, figure: string, known: boolean) => ({
    label,
    level: gauge.level,
    spark: gauge.spark,
    max: 1,
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
      max: Math.max(...network.spark.map((value) => value ?? 0)),
    },
  ];
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
