import "server-only";
import { type ForeignTier, importTier } from "#lib/domain/slo/alerts/import-tier.ts";
import type { AlertTier } from "#lib/domain/slo/alerts/tiers.ts";

/** An alert of another format, with whether it is on. */
export interface ReadTier extends ForeignTier {
  enabled: boolean;
}

const KEYS = { page: ["page_fast", "page_slow"], ticket: ["ticket_fast", "ticket_slow"] } as const;

/** Alerts of another format as tiers of ours; of two with one action the shorter is the fast one. */
export function tiersOf(alerts: readonly ReadTier[], windowDays: number): AlertTier[] {
  const tiers = alerts.map((alert) => ({ ...importTier(alert, windowDays), enabled: alert.enabled }));
  for (const action of ["page", "ticket"] as const) {
    const [fast, slow, ...more] = tiers
      .filter((tier) => tier.action === action)
      .sort((a, b) => a.longMinutes - b.longMinutes);
    if (!fast || !slow || more.length > 0) continue;
    [fast.key, slow.key] = KEYS[action];
  }
  return tiers;
}
