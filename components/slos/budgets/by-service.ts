import type { SloEntry } from "#lib/contracts/slos.ts";
import { sloPerformance } from "#lib/domain/slo/balance.ts";
import { complement } from "#lib/domain/slo/decimal.ts";
import { compareSloStatus, worstSloStatus, type SloStatus } from "#lib/domain/slo/status/axes.ts";

/** A service as its product owner sees it. */
export interface ServiceBudgets {
  service: string;
  status: SloStatus;
  /** Worst first. */
  slos: SloEntry[];
  /** The worst of its SLOs' performances; null without data. */
  performance: number | null;
}

function performanceOf({ worst }: SloEntry): number[] {
  const errors = worst?.errorRatio.window ?? null;
  return worst === null || errors === null ? [] : [sloPerformance(complement(errors), worst.target)];
}

/** What is left of the budget that has the least left; without data nothing is known to be lacking. */
function leastLeft(slos: readonly SloEntry[]): number {
  return Math.min(...slos.map(({ worst }) => worst?.budgetRemainingRatio ?? Infinity));
}

/** Services with SLOs in force, worst first; drafts promise nothing yet. `slos` come worst first. */
export function byService(slos: readonly SloEntry[]): ServiceBudgets[] {
  const groups = Map.groupBy(
    slos.filter(({ version }) => version > 0),
    ({ service }) => service,
  );
  return [...groups]
    .flatMap(([service, own]) => {
      if (service === null) return [];
      const performances = own.flatMap(performanceOf);
      return {
        service,
        status: worstSloStatus(own.map(({ status }) => status)),
        slos: own,
        performance: performances.length === 0 ? null : Math.min(...performances),
      };
    })
    .sort(
      (a, b) =>
        compareSloStatus(a.status, b.status) ||
        leastLeft(a.slos) - leastLeft(b.slos) ||
        (a.service < b.service ? -1 : 1),
    );
}
