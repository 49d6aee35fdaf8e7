import { describe, expect, it } from "vitest";
import { placeOf } from "../alerts/alert-place.ts";
import type { Occurrence } from "../alerts/occurrence.ts";
import { type CurrentIncident, followAlerts, quietSince } from "./follow-alerts.ts";

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 20, 14, 30);

function alert(labels: Record<string, string>, times: { startsMin: number; endsMin?: number }): Occurrence {
  const startsAtMs = NOW + times.startsMin * MINUTE;
  const end = times.endsMin === undefined ? null : { atMs: NOW + times.endsMin * MINUTE, notBeforeMs: null };
  return {
    source: "default",
    fingerprint: "f",
    startsAtMs,
    labels: { alertname: "A", service: "checkout", ...labels },
    annotations: {},
    generatorUrl: null,
    end,
    lastSeenMs: startsAtMs,
  };
}

const place = placeOf({ service: "checkout" });
const follow = (
  current: CurrentIncident | null,
  occurrences: Occurrence[],
  tier: string | null = "critical",
) => followAlerts(current, { place, tier, occurrences }, NOW);

const OPEN: CurrentIncident = { severity: "P2", open: true, resolvedAtMs: null, resolvedByHand: false };
const over = (minutesAgo: number): CurrentIncident => ({
  severity: "P2",
  open: false,
  resolvedAtMs: NOW - minutesAgo * MINUTE,
  resolvedByHand: false,
});

describe("an alert without an incident", () => {
  it.each([
    ["a page on a critical service", { severity: "critical" }, "critical", "P1"],
    ["a page on another service", { severity: "page" }, "standard", "P2"],
    ["a page on what has no tier", { severity: "critical" }, null, "P2"],
    ["a ticket", { severity: "warning" }, "critical", "P3"],
    [
      "a generated rule's page, whatever its severity says",
      { burnline_action: "page", severity: "info" },
      "critical",
      "P1",
    ],
  ])("%s opens one of its severity, detected when it began to fire", (_, labels, tier, severity) => {
    expect(follow(null, [alert(labels, { startsMin: -3 })], tier)).toEqual({
      kind: "open",
      severity,
      detectedAtMs: NOW - 3 * MINUTE,
    });
  });

  it("opens none for what asks nothing of anybody", () => {
    expect(follow(null, [alert({ severity: "none" }, { startsMin: -3 })])).toEqual({ kind: "none" });
    expect(follow(null, [alert({ severity: "info" }, { startsMin: -3 })])).toEqual({ kind: "none" });
  });

  it("opens one for what is over already when we hear of it, but not for history", () => {
    expect(follow(null, [alert({ severity: "page" }, { startsMin: -9, endsMin: -2 })]).kind).toBe("open");
    expect(follow(null, [alert({ severity: "page" }, { startsMin: -90, endsMin: -31 })]).kind).toBe("none");
  });
});

describe("an alert with an incident", () => {
  it("joins the open one, and raises it when it is graver", () => {
    const ticket = alert({ severity: "warning" }, { startsMin: -1 });
    const page = alert({ severity: "critical" }, { startsMin: -1 });
    expect(follow(OPEN, [ticket])).toEqual({
      kind: "join",
      raiseTo: null,
      detectedAtMs: NOW - MINUTE,
    });
    expect(follow(OPEN, [page, ticket])).toMatchObject({ kind: "join", raiseTo: "P1" });
  });

  it("opens it again within 30 minutes, and another one after that", () => {
    const refire = [alert({ severity: "page" }, { startsMin: 0 })];
    expect(follow(over(30), refire, "standard")).toMatchObject({ kind: "reopen", raiseTo: null });
    expect(follow(over(31), refire, "standard")).toMatchObject({ kind: "open", severity: "P2" });
  });

  it.each([
    ["began before a person resolved it, and was held back until now", true, -6, "join"],
    ["began after a person resolved it", true, -4, "reopen"],
    ["began before the quiet alone resolved it", false, -6, "reopen"],
  ])("that %s", (_name, resolvedByHand, startsMin, kind) => {
    const current = { ...over(5), resolvedByHand };
    expect(follow(current, [alert({ severity: "page" }, { startsMin })], "standard")).toMatchObject({ kind });
  });

  it("joins one that is over when the alert was over before it", () => {
    expect(
      follow(over(5), [alert({ severity: "page" }, { startsMin: -20, endsMin: -15 })], "standard"),
    ).toMatchObject({
      kind: "join",
      raiseTo: null,
    });
  });
});

describe("quiet", () => {
  it("begins with the end of the last alert, and not while one fires", () => {
    const ended = alert({}, { startsMin: -20, endsMin: -12 });
    expect(quietSince([ended, alert({}, { startsMin: -30, endsMin: -11 })])).toBe(NOW - 11 * MINUTE);
    expect(quietSince([ended, alert({}, { startsMin: -5 })])).toBeNull();
    expect(quietSince([])).toBeNull();
  });
});
