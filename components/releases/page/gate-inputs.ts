import { membersOf } from "#lib/client/read-unknown.ts";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { groupInWords, labelsOfGroup } from "#lib/domain/slo/definition/groups.ts";
import { SLO_STATUSES, type SloStatus } from "#lib/domain/slo/status/axes.ts";

/** An SLO as a decision's inputs keep it. */
export interface SloShown {
  sloId: string;
  key: string;
  objective: number;
  group: string;
  status: SloStatus;
  budgetRemainingRatio: number | null;
  burnRate6h: number | null;
}

const isFigure = (value: unknown) => value === null || typeof value === "number";

function isSloShown(value: unknown): value is SloShown {
  const { sloId, key, objective, group, status, budgetRemainingRatio, burnRate6h } = membersOf(value);
  return (
    [sloId, key, group].every((text) => typeof text === "string") &&
    Number.isInteger(objective) &&
    SLO_STATUSES.some((one) => one === status) &&
    [budgetRemainingRatio, burnRate6h].every(isFigure)
  );
}

/** Which part of an SLO it is: "node ai1, objective 2"; empty where it is all of it. */
export function partInWords({ group, objective }: Pick<SloShown, "group" | "objective">): string {
  const labels = groupInWords(labelsOfGroup(group));
  return [labels, objective === 0 ? "" : `objective ${objective + 1}`]
    .filter((part) => part !== "")
    .join(", ");
}

/** The SLOs that a decision stands on; null where they could not be read. */
export function slosOf({ inputs }: GateAnswer): SloShown[] | null {
  const { slos } = membersOf(inputs);
  return Array.isArray(slos) && slos.every(isSloShown) ? slos : null;
}
