import { describe, expect, it, test } from "vitest";
import type { BudgetBrief } from "#lib/domain/slo/status/budget-brief.ts";
import { brief } from "#lib/domain/slo/status/testing.ts";
import { answerOf } from "./answer.ts";
import { budgetFindings } from "./budget-findings.ts";
import { clusterFindings, type ClusterState } from "./cluster-findings.ts";
import { failing, NO_TROUBLES, node, service } from "./testing.ts";

const CHECKOUT = { kind: "service", name: "checkout" } as const;
const BURNING = brief({
  status: "critical",
  budgetRemainingRatio: 0.16,
  sustainedBurnRate: 6.1,
  lasts: false,
  timeToExhaustionSeconds: 19 * 3600,
  firing: ["page_fast", "page_slow"],
});
const SPENT = brief({
  key: "checkout/latency",
  status: "exhausted",
  budgetRemainingRatio: -0.26,
  sustainedBurnRate: 0.2,
  lasts: false,
  timeToExhaustionSeconds: 0,
});

describe("budgets that need attention", () => {
  test.each<[string, Partial<BudgetBrief>]>([
    ["healthy", {}],
    ["attention", { status: "attention" }],
    ["warning", { status: "warning" }],
    ["no data: one finding tells all gaps", { status: "no_data" }],
    ["not evaluated yet", { status: null, firing: ["page_fast"] }],
  ])("are not those that are %s", (_, more) => expect(budgetFindings(CHECKOUT, [brief(more)])).toEqual([]));

  it("says the number, why, and what to do next", () => {
    expect(budgetFindings(CHECKOUT, [BURNING])).toMatchObject([
      {
        status: "critical",
        title: "checkout/availability burns 6.1x, 16 % left",
        reason:
          "99.95 % over 30d; burns 6.1x; the rest is gone in 19 h if this burn is sustained; the fast page and the slow page fire.",
        nextStep: "See on its page who spends it: by route, node and deploy.",
        clause: { text: "checkout burns its budget at 6.1x", tail: " (gone in 19 h)" },
      },
    ]);
  });

  it("tells the worst and counts the others", () => {
    const findings = budgetFindings(CHECKOUT, [BURNING, SPENT, brief()]);
    expect(findings).toMatchObject([
      {
        status: "exhausted",
        title: "checkout/latency is out of budget, -26 % left",
        reason: "99.95 % over 30d; burns 0.2x. 1 more SLO of it is in trouble.",
        clause: { text: "checkout is out of budget", tail: "" },
      },
    ]);
  });

  test.each<[BudgetBrief["firing"], string]>([
    [["page_fast"], "critical"],
    [["ticket_slow"], "warning"],
  ])("%j alone makes it %s", (firing, status) => {
    expect(budgetFindings(CHECKOUT, [brief({ status: "attention", firing })])).toMatchObject([{ status }]);
  });
});

describe("in the cluster", () => {
  const state: ClusterState = {
    services: [service("checkout", { budgets: [BURNING] })],
    nodes: [node("ai1", {}), { ...node("nas1"), budgets: [{ ...SPENT, key: "node:nas1/disk-headroom" }] }],
    pods: [],
    journeys: [brief({ ...BURNING, key: "journey:purchase", name: "purchase" })],
    sources: [],
    troubles: NO_TROUBLES,
  };

  it("budgets of services, nodes and journeys are found, each with its subject", () => {
    expect(clusterFindings(state).map(({ id, subject }) => [id, subject])).toEqual([
      ["slo/node:nas1/disk-headroom", { kind: "node", name: "nas1" }],
      ["slo/checkout/availability", { kind: "service", name: "checkout" }],
      ["slo/journey:purchase", { kind: "journey", name: "purchase" }],
    ]);
  });

  it("an SLO decides its service's status; errors that users feel now come before the budget they burn", () => {
    const checkout = service("checkout", { ...failing(10), budgets: [BURNING] });
    expect(checkout.status).toBe("critical");
    expect(clusterFindings({ ...state, services: [checkout] }).map(({ id }) => id)).toEqual([
      "slo/node:nas1/disk-headroom",
      "service/checkout/errors",
      "slo/checkout/availability",
      "slo/journey:purchase",
    ]);
    expect(service("checkout", { ...failing(10), budgets: [brief()] }).status).toBe("healthy");
  });

  it("are part of the one sentence", () => {
    const findings = clusterFindings(state);
    const answer = answerOf({
      ...state,
      findings,
      firingAlerts: 0,
      staleSinceMs: null,
      isStale: false,
      isPartial: false,
    });
    expect(answer.sentence.map(({ text }) => text).join("")).toContain(
      "nas1 is out of budget, checkout burns its budget at 6.1x (gone in 19 h), and purchase burns",
    );
  });
});
