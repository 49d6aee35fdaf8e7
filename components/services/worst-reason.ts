import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { LEVELS, type Level } from "#lib/domain/status/status.ts";

interface Verdict {
  level: Level;
  reason: string;
}

/** The reason of the signal that decides a service's status; where all is well, that. */
export function worstReason({ signals, batch }: ServiceHealth): string {
  const { latency, traffic, errors, saturation } = signals;
  const verdicts: Verdict[] = batch ? [batch, saturation] : [errors, latency, traffic, saturation];
  // Without any number the first one says why; with some, those without are not the news.
  const known = verdicts.filter(({ level }) => level !== "UNKNOWN");
  const rank = ({ level }: Verdict) => LEVELS.indexOf(level);
  const [worst] = (known.length > 0 ? known : verdicts).sort((a, b) => rank(a) - rank(b));
  return worst === undefined || (worst.level === "OK" && !batch)
    ? "no signal is over its limit"
    : worst.reason;
}
