import { describe, expect, it } from "vitest";
import type { FiringAlert } from "#lib/contracts/cluster.ts";
import { statusOfSeverity } from "#lib/domain/alerts/alert-severity.ts";
import { sortAlerts } from "./alert-order.ts";
import { notRunning, podsInWords, sortNamespaces, whyNotReady } from "./namespace-order.ts";
import { levelOfUse, podState, restartsInWords } from "./pod-state.ts";

const alert = (
  name: string,
  severity: string,
  startedAt: string,
  state: FiringAlert["state"] = "firing",
): FiringAlert => ({
  fingerprint: name,
  name,
  state,
  severity,
  labels: {},
  summary: "",
  description: "",
  runbookUrl: null,
  startedAt,
  service: null,
  node: null,
});

describe("sortAlerts", () => {
  it("puts the worst first, then the newest, and leaves out what does not fire", () => {
    const { troubles, pending, watchdog } = sortAlerts([
      alert("slow", "warning", "2026-11-20T10:00:00Z"),
      alert("Watchdog", "none", "2026-11-01T00:00:00Z"),
      alert("errors", "critical", "2026-11-20T09:00:00Z"),
      alert("odd", "made-up", "2026-11-20T11:00:00Z"),
      alert("note", "info", "2026-11-20T12:00:00Z"),
      alert("soon", "critical", "2026-11-20T12:00:00Z", "pending"),
      alert("silenced", "critical", "2026-11-20T12:00:00Z", "suppressed"),
    ]);
    expect(troubles.map(({ name }) => name)).toEqual(["errors", "odd", "slow", "note"]);
    expect(pending).toBe(1);
    expect(watchdog).toBe(true);
  });

  it("says when no watchdog arrives", () => {
    expect(sortAlerts([alert("slow", "warning", "2026-11-20T10:00:00Z")]).watchdog).toBe(false);
  });
});

describe("statusOfSeverity", () => {
  it.each([
    ["critical", "critical"],
    ["Page", "critical"],
    ["warning", "warning"],
    ["info", "attention"],
    ["", "warning"],
    ["constructor", "warning"],
  ])("%j is %s", (severity, status) => {
    expect(statusOfSeverity(severity)).toBe(status);
  });
});

const namespace = (name: string, ready: number, total: number) => ({
  namespace: name,
  ready,
  total,
  phases: {},
  restartsLastDay: null,
  notReady: [],
});

describe("namespaces", () => {
  it("puts those with pods missing first and adds them up", () => {
    const rows = [namespace("web", 4, 4), namespace("data", 10, 12), namespace("auth", 2, 2)];
    expect(sortNamespaces(rows).map((row) => row.namespace)).toEqual(["data", "auth", "web"]);
    expect(podsInWords(rows)).toBe("16 of 18 pods ready");
  });

  it("counts pods that neither run nor finished", () => {
    expect(notRunning({ Running: 5, Succeeded: 2, Pending: 1, Failed: 3, Unknown: 1 })).toBe(5);
    expect(notRunning({})).toBe(0);
  });
});

describe("whyNotReady", () => {
  it.each([
    ["Running", "CrashLoopBackOff", "CrashLoopBackOff"],
    ["Running", null, "runs, but is not ready"],
    ["Pending", null, "Pending"],
  ])("%s, %s: %s", (phase, reason, words) => {
    expect(whyNotReady({ pod: "p", phase, reason })).toBe(words);
  });
});

describe("podState", () => {
  it.each([
    ["Running", true, "healthy", "ready"],
    ["Running", false, "warning", "not ready"],
    ["Running", null, "no_data", "running"],
    ["Succeeded", false, "healthy", "finished"],
    ["Pending", null, "warning", "pending"],
    ["Failed", null, "critical", "failed"],
    ["Unknown", true, "critical", "unknown"],
    ["", null, "warning", "no phase"],
  ] as const)("%s, ready %s: %s, %s", (phase, ready, status, word) => {
    expect(podState({ phase, ready })).toEqual({ status, word });
  });
});

describe("a pod's figures", () => {
  it("colours use by how near the limit is", () => {
    expect([levelOfUse(0.95), levelOfUse(0.85), levelOfUse(0.5), levelOfUse(null)]).toEqual([
      "text-critical",
      "text-warning",
      "",
      "",
    ]);
  });

  it("rounds extrapolated restarts and never shows nothing as zero", () => {
    expect(restartsInWords(2.01)).toEqual({ text: "2", why: null, className: "text-warning" });
    expect(restartsInWords(0).className).toBe("");
    expect(restartsInWords(null)).toEqual({
      text: "—",
      why: "No restart counter is reported",
      className: "",
    });
  });
});
