import { expect, it } from "vitest";
import { ProblemError, localProblem } from "./fetch-json.ts";
import { measuredView } from "./measured-view.ts";

const ANSWER = { data: 1, asOf: "2026-11-20T09:00:00.000Z", stale: false, partial: false, warnings: [] };
const query = (more: object) => ({
  data: undefined,
  error: null,
  dataUpdatedAt: Date.UTC(2026, 10, 20, 9),
  isPlaceholderData: false,
  ...more,
});
const refused = new ProblemError(localProblem("unavailable", "Not there", "the database is away"));

it("is loading, failed or ready", () => {
  expect(measuredView(query({}))).toEqual({ state: "loading" });
  expect(measuredView(query({ error: refused }))).toMatchObject({
    state: "failed",
    problem: refused.problem,
  });
  expect(measuredView(query({ data: ANSWER }))).toMatchObject({ state: "ready", data: 1, stale: null });
});

it("keeps what was there when an answer fails, and says since when and why", () => {
  const view = measuredView(query({ data: ANSWER, error: refused }));
  expect(view).toMatchObject({ state: "ready", asOf: ANSWER.asOf, stale: "Not there: the database is away" });
});

it("says that data is stale, even without a reason", () => {
  expect(measuredView(query({ data: { ...ANSWER, stale: true } }))).toMatchObject({
    stale: "No sample arrived for ten minutes",
  });
  const told = { ...ANSWER, stale: true, warnings: ["Prometheus is down"] };
  expect(measuredView(query({ data: told }))).toMatchObject({ stale: "Prometheus is down" });
});

it("marks what belongs to another budget", () => {
  expect(measuredView(query({ data: ANSWER, isPlaceholderData: true }))).toMatchObject({ superseded: true });
});
