import "server-only";
import type { SloRulesState } from "#lib/contracts/slo-rules.ts";
import { singleton } from "#lib/server/singleton.ts";

type Delivery = NonNullable<SloRulesState["delivery"]>;

/** When this process last wrote the rules and had them loaded, and what kept it from it. */
export function delivery(): Delivery {
  return singleton<Delivery>("rules.delivery", () => ({ writtenAt: null, reloadedAt: null, error: null }));
}
