import { describe, expect, it } from "vitest";
import { EventBody } from "#lib/contracts/incident-events.ts";
import { eventWords } from "./event-words.ts";

const CONTEXT = { nameOf: (id: string) => `N ${id}`, zone: "UTC" };
const AT = "2026-11-20T14:21:05.000Z";
const alert = (name: string, summary = "") => ({ name, summary, fingerprint: `${name} ${summary}` });
const alerts = { count: 2, alerts: [alert("Burn", "burns 14x"), alert("Errors", "fails")] };
const chart: EventBody = {
  kind: "chart",
  title: "Errors of web",
  query: "",
  data: { startSeconds: 0, stepSeconds: 60, unit: "ratio", series: [], thresholds: [] },
};

const EXAMPLES: readonly (readonly [EventBody, string, string | null])[] = [
  [
    { kind: "opened", title: "t", severity: "P1", ...alerts },
    "Burn and Errors fired: P1",
    "burns 14x · fails",
  ],
  [{ kind: "opened", title: "t", severity: "P3", count: 0, alerts: [] }, "opened it as P3", null],
  [
    { kind: "alerts_joined", count: 5, alerts: [alert("A"), alert("B"), alert("C"), alert("D")] },
    "A, B, C and 2 more fired",
    null,
  ],
  [
    { kind: "alerts_joined", count: 3, alerts: [alert("A", "x"), alert("A", "y")] },
    "A and 1 more fired",
    "x · y",
  ],
  [{ kind: "alerts_ended", count: 1, alerts: [alert("A")] }, "A ended", null],
  [{ kind: "alerts_ended", count: 7, alerts: [] }, "7 alerts ended", null],
  [
    {
      kind: "transition",
      transition: "mitigate",
      from: "MITIGATE",
      to: "RESOLVE",
      automatic: false,
      note: "n",
    },
    "marked it mitigated",
    "n",
  ],
  [
    { kind: "transition", transition: "resolve", from: "TRIAGE", to: "LEARN", automatic: true, note: null },
    "Resolved by itself: no alert fired for ten minutes",
    null,
  ],
  [{ kind: "severity", from: "P3", to: "P1", reason: "r" }, "raised the severity from P3 to P1", "r"],
  [{ kind: "severity", from: "P1", to: "P2", reason: "r" }, "lowered the severity from P1 to P2", "r"],
  [{ kind: "role", role: "commander", personId: "p" }, "made N p commander", null],
  [{ kind: "role", role: "scribe", personId: null }, "left the role of scribe open", null],
  [{ kind: "title", from: "a", to: "b" }, "renamed it to “b”", "was “a”"],
  [
    { kind: "time", field: "startedAt", from: null, to: AT },
    "set the time it began to 20 Nov 2026, 14:21:05",
    null,
  ],
  [
    { kind: "time", field: "resolvedAt", from: AT, to: null },
    "took back when it was resolved",
    "was 20 Nov 2026, 14:21:05",
  ],
  [{ kind: "note", markdown: "m" }, "", null],
  [chart, "kept a chart: Errors of web", null],
  [{ kind: "logs", title: "t", query: "", lines: [{ at: AT, line: "l" }] }, "kept 1 log line: t", null],
  [{ kind: "attachment", attachmentId: "a", name: "heap", bytes: 1500 }, "attached heap", null],
  [{ kind: "pin", of: "1", pinned: false }, "unpinned an entry", null],
  [
    { kind: "notification", channel: "#sre", event: "opened", outcome: "dead", detail: "410" },
    "Could not tell #sre: opened",
    "410",
  ],
  [
    { kind: "escalated", step: 2, to: ["a", "b"], reason: "nobody acknowledged" },
    "Escalated, step 2, to a and b",
    "nobody acknowledged",
  ],
  [{ kind: "merged", from: "INC-1", into: "INC-2" }, "merged INC-1 into INC-2", null],
  [
    {
      ...{ kind: "burn", slo: "web/latency", text: "healthy → warning", budgetRemainingRatio: 0.8 },
      ...{ sloId: "s", objective: 0, groupKey: "{}", status: "warning", firing: [], worse: true },
    },
    "web/latency: healthy → warning",
    "80 % of its budget left",
  ],
  [{ kind: "deploy", service: "web", version: "v2", text: "was v1" }, "Deploy web v2", "was v1"],
  [
    { kind: "action", runbook: "r", action: "restart", state: "waits_for_approval", detail: null },
    "restart of the runbook r: waits for approval",
    null,
  ],
  [
    { kind: "reminder", actionItem: "i", text: "add a retry budget", dueAt: AT },
    "Overdue since 20 Nov, 14:21: add a retry budget",
    null,
  ],
  [
    { kind: "postmortem", version: 3, step: "published", reason: null },
    "published the post-mortem, version 3",
    null,
  ],
];

describe("eventWords", () => {
  it.each(EXAMPLES.map(([body, text, detail]) => [body.kind, text, detail, body] as const))(
    "%s: %s",
    (_, text, detail, body) => expect(eventWords(body, CONTEXT)).toMatchObject({ text, detail }),
  );

  it("has words for every kind of fact", () => {
    const kinds = EventBody.options.map(({ shape }) => shape.kind.value);
    expect(new Set(EXAMPLES.map(([body]) => body.kind))).toEqual(new Set(kinds));
  });

  it("puts a name before what somebody did, and before nothing that happened by itself", () => {
    const deed = (body: EventBody) => eventWords(body, CONTEXT).deed;
    const step = {
      kind: "transition",
      transition: "resolve",
      from: "TRIAGE",
      to: "LEARN",
      note: null,
    } as const;
    expect([deed({ ...step, automatic: false }), deed({ ...step, automatic: true })]).toEqual([true, false]);
  });
});
