import type { NodeHealth } from "#lib/contracts/cluster.ts";
import {
  writeBytes,
  writeBytesPerSecond,
  writeCelsius,
  writeCount,
  writeRatio,
  roundFigure,
} from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { forecast, rise } from "./gauge-rows.ts";

/** "CPU 46 % busy". */
export function cpuTitle({ cpu }: NodeHealth): string {
  return cpu.ratio === null ? "CPU: no data" : `CPU ${writeRatio(cpu.ratio)} busy`;
}

/** "Load 3.1 on 8 cores". */
export function loadTitle({ load1, cores }: NodeHealth): string {
  if (load1 === null) return "Load: no data";
  const load = `Load ${writeCount(roundFigure(load1))}`;
  return cores === null ? load : `${load} on ${countOf(cores, "core")}`;
}

/** "Memory 87 % of 64 GB, rising 1.9 %/d". */
export function memoryTitle({ memory, memoryBytes }: NodeHealth): string {
  if (memory.ratio === null) return "Memory: no data";
  const of = memoryBytes === null ? "" : ` of ${writeBytes(memoryBytes)}`;
  const rising = rise(memory.risePerDayRatio);
  return `Memory ${writeRatio(memory.ratio)}${of}${rising === null ? "" : `, ${rising}`}`;
}

/** "/tank 91 % used, full in 6 d". */
export function filesystemsTitle({ disk }: NodeHealth): string {
  if (disk.ratio === null) return "Filesystems: no data";
  const when = forecast(disk.fullInDays);
  return `${disk.mountpoint ?? "Disk"} ${writeRatio(disk.ratio)} used${when === null ? "" : `, ${when}`}`;
}

/** "Disks 12 % busy". */
export function diskIoTitle({ diskIo }: NodeHealth): string {
  return diskIo.ratio === null ? "Disk I/O: no data" : `Disks ${writeRatio(diskIo.ratio)} busy`;
}

/** "Network 26.5 MB/s". */
export function networkTitle({ network }: NodeHealth): string {
  if (network.bytesPerSecond === null) return "Network: no data";
  return `Network ${writeBytesPerSecond(network.bytesPerSecond)}`;
}

/** "61 °C". */
export function temperatureTitle({ temperatureCelsius }: NodeHealth): string {
  return temperatureCelsius === null
    ? "Temperature: no data"
    : `Temperature ${writeCelsius(temperatureCelsius)}`;
}
