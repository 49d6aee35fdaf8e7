import { describe, expect, test } from "vitest";
import type { PanelLine } from "#lib/contracts/panels.ts";
import { localProblem } from "./fetch-json.ts";
import { pageSpec } from "./page-spec.ts";
import {
  mergeLine,
  missingLines,
  panelsWanted,
  panelView,
  receivedLines,
  supersede,
  type PanelLines,
} from "./panel-lines.ts";
import { parseLine } from "./parse-line.ts";

const T1 = "2026-11-20T10:00:00.000Z";
const T2 = "2026-11-20T10:00:15.000Z";
const T3 = "2026-11-20T10:00:30.000Z";
const spec = pageSpec("test", [{ panel: "cluster.findings" }]);
const problem = localProblem("unavailable", "The source cannot be reached", "ECONNREFUSED");

const good = (data: unknown = []): PanelLine => ({
  id: "cluster.findings",
  ok: true,
  answer: { data, asOf: T1, stale: false, partial: false, warnings: [] },
  queries: [{ source: "prometheus", expr: "up" }],
});
const bad: PanelLine = { id: "cluster.findings", ok: false, problem };
const line = (lines: PanelLines) => lines["cluster.findings"];

describe("pageSpec", () => {
  test("adds the source lamps, names panels by themselves and fills in the width", () => {
    expect(pageSpec("p", [{ panel: "service.latency", id: "a", params: { service: "x" } }]).panels).toEqual([
      { id: "a", panel: "service.latency", params: { service: "x" }, widthPx: 600 },
      { id: "sources.lamps", panel: "sources.lamps", params: {}, widthPx: 600 },
    ]);
  });
});

describe("parseLine", () => {
  test("checks data against the panel's own schema", () => {
    expect(parseLine(spec, good([]))).toEqual(good([]));
    const parsed = parseLine(spec, good([{ id: 5 }]));
    expect(parsed).toMatchObject({ ok: false, problem: { code: "internal" } });
    expect(!parsed.ok && parsed.problem.detail).toContain("0.id");
  });

  test("passes a refusal on as it came", () => expect(parseLine(spec, bad)).toEqual(bad));

  test.each([[{ ...good(), id: "toString" }], [{ id: "cluster.findings" }], [null]])(
    "throws on a line that nobody asked for or that is none: %j",
    (raw) => expect(() => parseLine(spec, raw)).toThrow(),
  );
});

describe("a chart that is there already", () => {
  const charts = pageSpec("test", [{ panel: "node.cpu", params: { node: "ai1" } }]);
  const chart = (startSeconds: number, values: number[]) => ({
    ...{ startSeconds, stepSeconds: 15, unit: "ratio", thresholds: [] },
    series: [{ name: "a", labels: {}, values }],
  });
  const told = (data: unknown, more: object) => ({ ...good(data), id: "node.cpu", ...more });
  const held = receivedLines([told(chart(0, [1, 2, 3, 4]), { answerId: "one" }) as PanelLine], T1);

  test("is asked for by what is newer, everything else whole", () => {
    expect(panelsWanted(charts, held).map(({ have }) => have)).toEqual(["one", undefined]);
    expect(panelsWanted(charts, {}).map(({ have }) => have)).toEqual([undefined, undefined]);
  });
  test("is made whole again, with its queries", () => {
    const tail = { startSeconds: 15, keep: 3, values: [[5]] };
    const line = parseLine(charts, { ...told(tail, { answerId: "two", onto: "one" }), queries: [] }, held);
    expect(line).toEqual(told(chart(15, [2, 3, 4, 5]), { answerId: "two" }));
  });
  test("throws on a tail of what is not there", () => {
    const tail = told({ startSeconds: 15, keep: 3, values: [[5]] }, { answerId: "two", onto: "other" });
    expect(() => parseLine(charts, tail, held)).toThrow("nobody holds other");
    expect(() => parseLine(charts, tail)).toThrow(TypeError);
  });
});

describe("mergeLine", () => {
  test("a good line replaces whatever was there", () => {
    const failed = mergeLine({}, bad, T1);
    expect(line(mergeLine(failed, good(), T2))).toEqual({ ...good(), receivedAt: T2 });
  });

  test("a refusal leaves the last good line and remembers when the trouble began", () => {
    const once = mergeLine(mergeLine({}, good(), T1), bad, T2);
    expect(line(once)).toEqual({ ...good(), receivedAt: T1, failure: { problem, since: T2 } });
    expect(line(mergeLine(once, bad, T3))).toMatchObject({ receivedAt: T1, failure: { since: T2 } });
  });

  test("after the trouble a good line forgets it", () => {
    const recovered = mergeLine(mergeLine(mergeLine({}, good(), T1), bad, T2), good(), T3);
    expect(line(recovered)).toEqual({ ...good(), receivedAt: T3 });
  });

  test("a refusal without any good line is shown, also over a line of another range", () => {
    expect(line(mergeLine({}, bad, T1))).toEqual({ ...bad, receivedAt: T1 });
    const other = supersede(receivedLines([good()], T1));
    expect(line(mergeLine(other, bad, T2))).toEqual({ ...bad, receivedAt: T2 });
  });

  test("other panels keep their identity, so that only the changed one is drawn again", () => {
    const lines = receivedLines([good(), { ...good(), id: "other" }], T1);
    expect(mergeLine(lines, good(), T2).other).toBe(lines.other);
  });
});

test("supersede keeps good lines, marked, and drops refusals", () => {
  const lines = receivedLines([good(), { ...bad, id: "other" }], T1);
  expect(supersede(lines)).toEqual({ "cluster.findings": { ...good(), receivedAt: T1, superseded: true } });
});

test("missingLines refuses for every panel the answer left out", () => {
  const missing = missingLines(spec, new Set(["sources.lamps"]));
  expect(missing.map(({ id, ok }) => [id, ok])).toEqual([["cluster.findings", false]]);
});

describe("panelView", () => {
  const received = { ...good([1]), receivedAt: T1 };

  test("nothing yet is loading; nothing and a failed request is a failure", () => {
    expect(panelView(undefined, null)).toEqual({ state: "loading" });
    expect(panelView(undefined, new TypeError("Failed to fetch"))).toMatchObject({
      state: "failed",
      problem: { code: "unavailable", detail: "Failed to fetch" },
    });
  });

  test("a fresh line is ready and not stale", () => {
    expect(panelView(received, null)).toMatchObject({
      state: "ready",
      data: [1],
      stale: null,
      superseded: false,
    });
  });

  test("a failed tick and a failed request both make a good line stale, in their own words", () => {
    const failed = { ...received, failure: { problem, since: T2 } };
    expect(panelView(failed, null)).toMatchObject({ stale: "The source cannot be reached: ECONNREFUSED" });
    expect(panelView(received, new TypeError("Failed to fetch"))).toMatchObject({
      stale: "Burnline does not answer: Failed to fetch",
    });
  });

  test("the server's own word for stale is kept, with its warning as the reason", () => {
    const answer = { data: [], asOf: T1, stale: true, partial: true, warnings: ["no answer in 10 s"] };
    const view = panelView({ id: "x", ok: true, answer, queries: [], receivedAt: T2 }, null);
    expect(view).toMatchObject({ stale: "no answer in 10 s", partial: true, asOf: T1 });
  });

  test("a refusal is a failure with the server's problem", () => {
    expect(panelView({ ...bad, receivedAt: T1 }, null)).toEqual({ state: "failed", problem });
  });
});

describe("what is as before stays the same object", () => {
  const dataAfter = (older: PanelLine, newer: PanelLine) => {
    const before = mergeLine({}, older, T1);
    const [was, is] = [before, mergeLine(before, newer, T2)].map((lines) => lines[older.id]);
    return { was: was?.ok && was.answer.data, is: is?.ok && is.answer.data };
  };
  const named = (answerId: string, data: unknown) => ({ ...good(data), answerId });

  test("the equal parts of a list", () => {
    const { was, is } = dataAfter(good([{ a: 1 }, { b: 2 }]), good([{ a: 1 }, { b: 3 }]));
    expect(is).toEqual([{ a: 1 }, { b: 3 }]);
    expect((is as unknown[])[0]).toBe((was as unknown[])[0]);
  });

  test("a chart by its name alone", () => {
    const same = dataAfter(named("x", { values: [1] }), named("x", { values: [1] }));
    expect(same.is).toBe(same.was);
    const other = dataAfter(named("x", { values: [1] }), named("y", { values: [1, 2] }));
    expect(other.is).toEqual({ values: [1, 2] });
  });
});
