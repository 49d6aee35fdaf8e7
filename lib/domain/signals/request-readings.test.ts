import { expect, test } from "vitest";
import { classifyErrors } from "./error-classes.ts";
import { METRIC_PRESETS } from "./presets.ts";
import { NO_REQUESTS, ratioOf, readLatencyByService, readRequestsByService } from "./request-readings.ts";
import { readRoutes } from "./routes.ts";

const names = METRIC_PRESETS.prometheus;
const rate = (service: string, status: string, value: number | null) => ({
  labels: { service, status },
  value,
});

test("total, 5xx, 4xx and 504 follow from rates by status", () => {
  const reading = readRequestsByService(
    [
      rate("checkout", "200", 90),
      rate("checkout", "404", 6),
      rate("checkout", "500", 2.5),
      rate("checkout", "504", 1.5),
      rate("web", "200", 10),
      rate("", "200", 99),
    ],
    names,
  );
  expect(reading.get("checkout")).toEqual({
    totalPerSecond: 100,
    serverErrorsPerSecond: 4,
    clientErrorsPerSecond: 6,
    timeoutsPerSecond: 1.5,
  });
  // No failing series, but requests: a perfect service.
  expect(reading.get("web")).toMatchObject({ totalPerSecond: 10, serverErrorsPerSecond: 0 });
  expect([...reading.keys()]).toEqual(["checkout", "web"]);
});

test("only gaps are no requests, not zero requests", () => {
  expect(readRequestsByService([rate("web", "200", null)], names).get("web")).toEqual(NO_REQUESTS);
});

test("quantiles are told apart by their label", () => {
  const sample = (quantile: string, value: number | null) => ({
    labels: { service: "web", quantile },
    value,
  });
  expect(readLatencyByService([sample("0.5", 0.04), sample("0.99", null)], names).get("web")).toEqual({
    p50Seconds: 0.04,
    p95Seconds: null,
    p99Seconds: null,
  });
});

test.each([
  [1, 4, 0.25],
  [0, 4, 0],
  [0, 0, null],
  [null, 4, null],
  [1, null, null],
])("%s of %s is %s", (part, whole, expected) => expect(ratioOf(part, whole)).toBe(expected));

test("errors by class at every point; a gap stays a gap", () => {
  const line = (status: string, values: (number | null)[]) => ({ labels: { status }, values });
  const byStatus = [
    line("200", [9, 8, null, 0]),
    line("503", [1, null, null, 0]),
    line("404", [null, 2, null, 0]),
  ];
  const business = [{ labels: {}, values: [0.5, null, null, null] }];
  expect(classifyErrors(byStatus, business, "status")).toEqual({
    serverErrors: [0.1, 0, null, null],
    timeouts: [0, 0, null, null],
    clientErrors: [0, 0.2, null, null],
    businessErrors: [0.05, 0, null, null],
  });
});

test("routes, busiest first", () => {
  const at = (method: string, route: string, status: string, value: number) => ({
    labels: { method, route, status },
    value,
  });
  const rates = [at("GET", "/cart", "200", 4), at("POST", "/pay", "200", 9), at("POST", "/pay", "500", 1)];
  const p95 = [{ labels: { method: "POST", route: "/pay" }, value: 0.3 }];
  expect(readRoutes(rates, p95, names)).toEqual([
    { route: "/pay", method: "POST", requestsPerSecond: 10, errorRatio: 0.1, p95Seconds: 0.3 },
    { route: "/cart", method: "GET", requestsPerSecond: 4, errorRatio: 0, p95Seconds: null },
  ]);
});
