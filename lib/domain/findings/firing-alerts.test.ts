import { expect, test } from "vitest";
import { readAlerts, type ToldAlert } from "./firing-alerts.ts";

const alert = (fingerprint: string, change: Partial<ToldAlert> = {}): ToldAlert => ({
  fingerprint,
  labels: { alertname: "HighErrorRate", severity: "warning" },
  annotations: {},
  state: "firing",
  startedAt: "2026-11-20T14:00:00.000Z",
  ...change,
});

test("an alert as people read it", () => {
  const told = alert("a", {
    labels: { alertname: "HostHighMemory", severity: "critical", node: "ai2" },
    annotations: { summary: "ai2 is full", runbook: "docs/runbooks/HostHighMemory.md" },
  });
  expect(readAlerts([told], [])).toEqual([
    {
      fingerprint: "a",
      name: "HostHighMemory",
      state: "firing",
      severity: "critical",
      labels: told.labels,
      summary: "ai2 is full",
      description: "",
      runbookUrl: "docs/runbooks/HostHighMemory.md",
      startedAt: "2026-11-20T14:00:00.000Z",
      service: null,
      node: "ai2",
    },
  ]);
});

test("Alertmanager knows of silences, rules know what is pending, Watchdog proves that alerts arrive", () => {
  const managed = [alert("a", { state: "suppressed" })];
  const watchdog = alert("w", { labels: { alertname: "Watchdog", severity: "none" } });
  const ruled = [alert("a"), alert("p", { state: "pending" }), watchdog];
  expect(readAlerts(managed, ruled).map(({ fingerprint, state }) => [fingerprint, state])).toEqual([
    ["w", "firing"],
    ["a", "suppressed"],
    ["p", "pending"],
  ]);
});

test("firing first, then the most severe, then the newest", () => {
  const critical = { alertname: "X", severity: "critical" };
  const alerts = [
    alert("pending", { state: "pending", labels: critical }),
    alert("odd", { labels: { severity: "whatever" } }),
    alert("old"),
    alert("new", { startedAt: "2026-11-20T15:00:00.000Z" }),
    alert("critical", { labels: critical }),
  ];
  expect(readAlerts(alerts, []).map(({ fingerprint }) => fingerprint)).toEqual([
    "critical",
    "new",
    "old",
    "odd",
    "pending",
  ]);
});

test.each([
  ["https://runbooks.example/x", true],
  ["docs/runbooks/X.md#steps", true],
  ["javascript:alert(1)", false],
  ["//evil.example/x", false],
  ["data:text/html,x", false],
  ["https://a b", false],
])("%s is a runbook: %s", (runbook, kept) => {
  const told = readAlerts([alert("a", { annotations: { runbook_url: runbook } })], []);
  expect(told[0]?.runbookUrl).toBe(kept ? runbook : null);
});
