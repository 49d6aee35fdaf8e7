import type { LogLine, LogLines } from "#lib/contracts/logs.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";

/** Older lines of a list, newest first, and whether there are more behind them. */
export interface OlderPage {
  lines: LogLine[];
  more: boolean;
}

/**
 * What is new in lines that were asked for up to the last nanosecond of those `above`: its own lines come again. Where
 * more lines share that nanosecond than come at once, the rest of them cannot be reached: `more` is false then.
 */
export function olderPage(above: readonly LogLine[], found: LogLines): OlderPage {
  const edge = above.at(-1)?.timestampNs;
  const known = new Map<string, number>();
  for (const line of above.filter(({ timestampNs }) => timestampNs === edge)) {
    const address = lineAddress(line);
    known.set(address, (known.get(address) ?? 0) + 1);
  }
  const lines = found.lines.filter((line) => {
    if (line.timestampNs !== edge) return true;
    const address = lineAddress(line);
    const times = known.get(address) ?? 0;
    known.set(address, times - 1);
    return times <= 0;
  });
  return { lines, more: found.limitReached && lines.length > 0 };
}
