import type { Unit } from "#lib/contracts/series.ts";
import {
  type Figure,
  writeBytes,
  writeBytesPerSecond,
  writeCelsius,
  writeCores,
  writeCount,
  writeDays,
  writePerSecond,
  writeRatio,
  writeSeconds,
} from "#lib/domain/words/figures.ts";

const WRITER_OF_UNIT: Record<Unit, (value: Figure) => string> = {
  seconds: writeSeconds,
  perSecond: writePerSecond,
  ratio: writeRatio,
  bytes: writeBytes,
  bytesPerSecond: writeBytesPerSecond,
  cores: writeCores,
  celsius: writeCelsius,
  count: writeCount,
  days: writeDays,
};

/**
 * Writes a figure with its unit and at most three significant figures, as every page does:
 * (0.412, "seconds") → "412 ms". Null, NaN and ±Infinity read "—".
 */
export function formatFigure(value: Figure, unit: Unit): string {
  return WRITER_OF_UNIT[unit](value);
}
