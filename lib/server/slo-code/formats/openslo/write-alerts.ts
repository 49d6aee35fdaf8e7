import "server-only";
import { type AlertTier, factorOfSpend, fitsWindow } from "#lib/domain/slo/alerts/tiers.ts";
import { nominalDays, type SloWindow } from "#lib/domain/slo/definition/windows.ts";

function writePolicy(
  slo: string,
  { key, action, longMinutes, spendRatio, enabled }: AlertTier,
  days: number,
): object {
  const name = `${slo}-${key.replace("_", "-")}`;
  const condition = {
    kind: "burnrate",
    op: "gt",
    threshold: factorOfSpend(spendRatio, longMinutes, days),
    lookbackWindow: `${longMinutes / 60}h`,
    alertAfter: "0m",
  };
  return {
    kind: "AlertPolicy",
    metadata: { name },
    spec: {
      alertWhenBreaching: enabled,
      conditions: [{ kind: "AlertCondition", metadata: { name }, spec: { severity: action, condition } }],
      notificationTargets: [],
    },
  };
}

/** One policy per alert tier that has a place in the window; the others are named as what is left out. */
export function writePolicies(
  slo: string,
  tiers: readonly AlertTier[],
  window: SloWindow,
): { policies: object[]; warnings: string[] } {
  const days = nominalDays(window);
  return {
    policies: tiers.filter((tier) => fitsWindow(tier, window)).map((tier) => writePolicy(slo, tier, days)),
    warnings: tiers
      .filter((tier) => !fitsWindow(tier, window))
      .map(({ key }) => `the alert ${key}, whose long window is over half of the SLO's.`),
  };
}
