import { describe, expect, it } from "vitest";
import {
  type AlertIncident,
  firingStrip,
  joinAlerts,
  type KnownFiring,
  type SeenAlert,
} from "./alert-states.ts";

const seen = (fingerprint: string, state: SeenAlert["state"], more: Partial<SeenAlert> = {}): SeenAlert => ({
  fingerprint,
  labels: { alertname: fingerprint, severity: "critical" },
  annotations: {},
  state,
  startedAt: "2026-11-21T10:00:00.000Z",
  ...more,
});
const known = (fingerprint: string, incident: AlertIncident | null = null): KnownFiring => ({
  ...seen(fingerprint, "firing"),
  lastSeenAt: "2026-11-21T10:01:00.000Z",
  incident,
});
const incident = (phase: AlertIncident["phase"]): AlertIncident => ({ id: "INC-1", phase, severity: "P2" });
const states = (alerts: ReturnType<typeof joinAlerts>) =>
  alerts.map(({ fingerprint, state }) => `${fingerprint} ${state}`);

describe("joinAlerts", () => {
  it("takes Alertmanager's word over that of the rules, firing ones first", () => {
    const all = joinAlerts(
      [seen("a", "suppressed"), seen("c", "firing")],
      [seen("a", "firing"), seen("b", "pending")],
      [],
    );
    expect(states(all)).toEqual(["c firing", "a suppressed", "b pending"]);
  });

  it.each([
    ["DETECT", "firing"],
    ["TRIAGE", "acknowledged"],
    ["MITIGATE", "acknowledged"],
    ["RESOLVE", "acknowledged"],
    // Somebody closed it, and it fires still: it wants somebody again.
    ["LEARN", "firing"],
  ] as const)("in phase %s it is %s", (phase, state) => {
    const [alert] = joinAlerts([seen("a", "firing")], [], [known("a", incident(phase))]);
    expect(alert?.state).toBe(state);
  });

  it("leaves a silenced one suppressed whatever its incident", () => {
    const quiet = { silences: ["s"], inhibitors: [] };
    const [alert] = joinAlerts(
      [seen("a", "suppressed", { suppressedBy: quiet })],
      [],
      [known("a", incident("TRIAGE"))],
    );
    expect(alert).toMatchObject({ state: "suppressed", suppressedBy: quiet, incident: { id: "INC-1" } });
  });

  it("keeps what no source speaks of, with when it was last seen", () => {
    const [first, second] = joinAlerts([seen("a", "firing")], [], [known("a"), known("b")]);
    expect(first).toMatchObject({ fingerprint: "a", lastSeenAt: null });
    expect(second).toMatchObject({
      fingerprint: "b",
      state: "firing",
      lastSeenAt: "2026-11-21T10:01:00.000Z",
    });
  });
});

describe("what Burnline sees itself", () => {
  const labels = { alertname: "SloBudgetBurn", burnline_slo: "web/errors", burnline_tier: "page_fast" };
  const own: KnownFiring = {
    ...known("own"),
    labels: { ...labels, burnline_action: "page", burnline_objective: "0" },
    lastSeenAt: null,
  };

  it("is as grave as what it asks, and above a ticket", () => {
    const ticket = seen("t", "firing", { labels: { alertname: "T", severity: "warning" } });
    const all = joinAlerts([ticket], [], [own]);
    expect(all.map(({ name, severity }) => [name, severity])).toEqual([
      ["SloBudgetBurn", "page"],
      ["T", "warning"],
    ]);
  });

  it("is not listed beside the rule that tells of it too", () => {
    const more = { burnline_action: "page", burnline_objective: "99.9% 30d", severity: "critical" };
    const told = seen("rule", "firing", { labels: { ...labels, ...more } });
    expect(states(joinAlerts([told], [], [own]))).toEqual(["rule firing"]);
    const other = seen("rule", "firing", { labels: { ...labels, ...more, burnline_tier: "ticket_slow" } });
    expect(states(joinAlerts([other], [], [own]))).toHaveLength(2);
  });
});

describe("firingStrip", () => {
  it.each([
    [{ startsAtMs: 100, endsAtMs: 150 }, [{ from: 0, to: 0.5 }]],
    [{ startsAtMs: 0, endsAtMs: 150 }, [{ from: 0, to: 0.5 }]],
    [{ startsAtMs: 175, endsAtMs: null }, [{ from: 0.75, to: 1 }]],
    [{ startsAtMs: 0, endsAtMs: 100 }, []],
    [{ startsAtMs: 200, endsAtMs: null }, []],
  ])("%o", (firing, expected) => expect(firingStrip([firing], 100, 200)).toEqual(expected));
});
