import type { Freeze } from "#lib/contracts/freezes.ts";
import { listOf } from "#lib/domain/words/language.ts";

/** Whom a freeze concerns, in words. */
export function concerned({ services, tiers }: Pick<Freeze, "services" | "tiers">): string {
  if (services.length === 0 && tiers.length === 0) return "every service";
  const named = tiers.map((tier) => `tier ${tier}`);
  return listOf([...services, ...named]);
}
