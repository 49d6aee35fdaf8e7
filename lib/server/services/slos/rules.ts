import "server-only";
import { RULES_STATES, type SloRulesState } from "#lib/contracts/slo-rules.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { currentRules } from "#lib/server/rules/current-rules.ts";
import { rulesState } from "#lib/server/rules/rules-state.ts";
import { sloFilter } from "./visibility.ts";

/** How the rules of each SLO that the actor may see stand in the source; what belongs to no SLO is for the unconfined. */
export async function readSloRules(actor: Actor): Promise<SloRulesState> {
  authorize(actor, "slos:read");
  const state = await rulesState();
  if (actor.confinement.length === 0) return state;
  const isVisible = await sloFilter(actor);
  const { sources } = await currentRules(Date.now());
  const visible = new Set(sources.filter(({ definition }) => isVisible(definition)).map(({ id }) => id));
  const slos = state.slos.filter(({ id }) => id !== null && visible.has(id));
  const counted = RULES_STATES.map((name) => [name, slos.filter((one) => one.state === name).length]);
  return { ...state, slos, counts: Object.fromEntries(counted) as SloRulesState["counts"] };
}
