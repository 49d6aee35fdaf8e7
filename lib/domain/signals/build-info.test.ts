import { describe, expect, it, test } from "vitest";
import {
  commitsOf,
  readCommits,
  readDeploys,
  readVersions,
  runningVersions,
  versionsAtEnd,
} from "./build-info.ts";

test("the version most pods run", () => {
  const pods = (service: string, version: string, value: number) => ({ labels: { service, version }, value });
  const samples = [pods("a", "v1", 2), pods("a", "v2", 1), pods("b", "v1", 1), pods("b", "v2", 1)];
  expect(Object.fromEntries(readVersions(samples))).toEqual({ a: "v1", b: "v2" });
});

const line = (service: string, version: string, values: (number | null)[]) => ({
  labels: { service, version },
  values,
});
const at = (index: number) => (1000 + index * 60) * 1000;

test("a deploy is a version that was not there a step before", () => {
  const series = [
    line("a", "v1", [1, 1, 1, null, null, null]),
    line("a", "v2", [null, null, 1, 1, null, 1]),
    line("a", "v3", [null, null, null, null, null, null]),
    line("b", "v1", [null, 1, 1, 1, 1, 1]),
    line("b", "v2", [null, null, null, null, 1, 1]),
  ];
  expect(readDeploys({ startSeconds: 1000, stepSeconds: 60, series })).toEqual([
    { service: "b", version: "v2", previous: "v1", atMs: at(4) },
    { service: "a", version: "v2", previous: "v1", atMs: at(2) },
  ]);
});

test("a rollback is a deploy; the end of a gap is none", () => {
  const series = [line("a", "v1", [1, null, null, 1]), line("a", "v2", [null, 1, null, null])];
  expect(readDeploys({ startSeconds: 1000, stepSeconds: 60, series })).toEqual([
    { service: "a", version: "v1", previous: "v2", atMs: at(3) },
    { service: "a", version: "v2", previous: "v1", atMs: at(1) },
  ]);
  const gap = [line("a", "v1", [1, null, null, 1])];
  expect(readDeploys({ startSeconds: 1000, stepSeconds: 60, series: gap })).toEqual([]);
});

test("queries", () => {
  expect(runningVersions("web")).toBe('count by (service, version) (build_info{service="web",version!=""})');
  expect(runningVersions(null)).toBe('count by (service, version) (build_info{service!="",version!=""})');
});

describe("what runs at the end", () => {
  const series = (service: string, version: string, values: (number | null)[]) => ({
    labels: { service, version },
    values,
  });
  it.each<[string, ReturnType<typeof series>[], Record<string, string[]>]>([
    ["nothing", [], {}],
    ["one version", [series("a", "v1", [1, 1])], { a: ["v1"] }],
    ["two at once", [series("a", "v1", [1, 1]), series("a", "v2", [null, 1])], { a: ["v1", "v2"] }],
    ["the newer one alone", [series("a", "v2", [null, 1]), series("a", "v1", [1, null])], { a: ["v2"] }],
    [
      "what ran before the data ended",
      [series("a", "v1", [1, null]), series("b", "v9", [1, 1])],
      { a: ["v1"], b: ["v9"] },
    ],
    ["never any", [series("a", "v1", [null, null])], {}],
  ])("%s", (_, given, expected) => {
    const seen = [...versionsAtEnd(given)].map(([service, versions]) => [service, [...versions].sort()]);
    expect(Object.fromEntries(seen)).toEqual(expected);
  });

  it("commits are those that look like one, by either name, once", () => {
    const samples = [{ commit: "0123ABC" }, { revision: "0123abc" }, { commit: "main" }, {}].map(
      (labels) => ({
        labels: labels as Record<string, string>,
      }),
    );
    expect(readCommits(samples)).toEqual(["0123abc"]);
    expect(commitsOf('a"b', "v1")).toBe(
      'group by (commit, revision) (build_info{service="a\\"b",version="v1"})',
    );
  });
});
