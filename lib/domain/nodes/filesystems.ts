import { saturationLevel } from "#lib/domain/signals/saturation.ts";
import { type Sample, samplesBy } from "#lib/domain/signals/sample.ts";
import type { Level } from "#lib/domain/status/status.ts";

export interface FilesystemHealth {
  mountpoint: string;
  level: Level;
  usedRatio: number | null;
  sizeBytes: number | null;
  availableBytes: number | null;
  fullInDays: number | null;
  growthBytesPerDay: number | null;
}

const FURTHEST_FORECAST_DAYS = 365;

/** Days until the free bytes are used up at a steady growth; null when not filling, or not within a year. */
export function daysUntilFull(
  availableBytes: number | null,
  growthBytesPerDay: number | null,
): number | null {
  if (availableBytes === null || growthBytesPerDay === null || growthBytesPerDay <= 0) return null;
  const days = availableBytes / growthBytesPerDay;
  return days > FURTHEST_FORECAST_DAYS ? null : Math.max(0, days);
}

/**
 * One node's filesystems from answers of `nodeFilesystems` and `nodeTrends`, fullest first. A device
 * mounted in several places counts once, under its shortest path.
 */
export function readFilesystems(samples: readonly Sample[], trends: readonly Sample[]): FilesystemHealth[] {
  const mounts = samplesBy(samples, (labels) => labels.mountpoint);
  const ofDevice = new Map<string, string>();
  for (const [mountpoint, [first]] of [...mounts].sort(
    ([a], [b]) => a.length - b.length || (a < b ? -1 : 1),
  )) {
    const device = first?.labels.device || mountpoint;
    if (!ofDevice.has(device)) ofDevice.set(device, mountpoint);
  }
  return [...ofDevice.values()]
    .map((mountpoint) => readFilesystem(mountpoint, mounts.get(mountpoint) ?? [], trends))
    .sort((a, b) => (b.usedRatio ?? -1) - (a.usedRatio ?? -1) || (a.mountpoint < b.mountpoint ? -1 : 1));
}

function readFilesystem(
  mountpoint: string,
  samples: readonly Sample[],
  trends: readonly Sample[],
): FilesystemHealth {
  const figure = (name: string) => samples.find(({ labels }) => labels.figure === name)?.value ?? null;
  const [sizeBytes, availableBytes] = [figure("size"), figure("available")];
  const known = sizeBytes !== null && availableBytes !== null && sizeBytes > 0;
  const usedRatio = known ? 1 - availableBytes / sizeBytes : null;
  const trend = trends.find(({ labels }) => labels.figure === "growth" && labels.mountpoint === mountpoint);
  const growthBytesPerDay = trend?.value ?? null;
  return {
    mountpoint,
    level: saturationLevel(usedRatio),
    usedRatio,
    sizeBytes,
    availableBytes,
    fullInDays: daysUntilFull(availableBytes, growthBytesPerDay),
    growthBytesPerDay,
  };
}
