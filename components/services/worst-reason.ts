import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { budgetReason } from "#lib/domain/slo/status/budget-brief.ts";
import { LEVELS, type Level } from "#lib/domain/status/status.ts";

interface Verdict {
  level: Level;
  reason: string;
}

/** The reason of the SLO or, where none is in trouble, of the signal that is worst; where all is well, that. */
export function worstReason({ signals, batch, budgets }: ServiceHealth): string {
  const [worstBudget] = budgets;
  const spent = worstBudget ? budgetReason(worstBudget) : null;
  if (spent !== null) return spent;
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
