import "server-only";
import type { FreezeDocument } from "#lib/contracts/freezes.ts";

/** Whether a freeze concerns anybody in sight; one for everybody, or for a tier, does. `services` null: all. */
export function isInSight(
  { services: named, tiers }: FreezeDocument,
  services: readonly string[] | null,
): boolean {
  if (services === null || tiers.length > 0 || named.length === 0) return true;
  return named.some((name) => services.includes(name));
}

/** Whether all that a freeze concerns is in sight, so that whoever sees no more may decide about it. */
export function isWhollyInSight(
  { services: named, tiers }: FreezeDocument,
  services: readonly string[] | null,
): boolean {
  if (services === null) return true;
  return tiers.length === 0 && named.length > 0 && named.every((name) => services.includes(name));
}
