import { expect, test } from "vitest";
import { checkPromql, pointsStandAlone } from "./promql-syntax.ts";

test.each([
  "up",
  'sum by (service) (rate(http_requests_total{status=~"5.."}[5m])) / on () group_left vector(2)',
  "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))",
  "max_over_time(deriv(x[5m])[1h:1m] offset 1w) > bool 0.5",
  "predict_linear(node_filesystem_avail_bytes[6h], 4 * 3600) < 0",
  "x @ end() unless on (a) y # why",
  '{"utf8.name", job="a"}',
  "rollup_candlestick(jobs)",
  "sum(range_median(jobs)) + 1",
  'label_replace(up, "a", "$1", "b", "(.*)")',
])("takes %s", (expr) => expect(() => checkPromql(expr, 1_000)).not.toThrow());

test.each([
  ["sum(", "1:5: syntax error at the end"],
  ["sum(up) +\n  )", '2:3: syntax error near ")"'],
  ['up{job="a"} or', "1:15: syntax error at the end"],
  ["", "the query is empty"],
  [" \n", "the query is empty"],
  ["up # ".padEnd(1_001, "x"), "the query has 1001 characters, more than 1000"],
  ["1 (jobs)", "syntax error"],
  ["rate(x[5q])", "syntax error"],
])("refuses %j", (expr, words) => {
  const fields = [{ path: "expr", message: expect.stringContaining(words) as string }];
  expect(() => checkPromql(expr, 1_000)).toThrow(
    expect.objectContaining({ code: "bad_query", fields }) as Error,
  );
});

test.each([
  ["rate(up[5m] offset 1h)", true],
  ["rate(x[step()])", true],
  ["range_median(jobs)", true],
  ["up offset -1h", false],
  ["up offset range()", false],
  ["rate(up[5m] @ start())", false],
  ["end() - time()", false],
  ["up + start()", false],
  ["vector(range())", false],
  ["rate(x[range()])", false],
  ["rate(x[5m] smoothed)", false],
])("each point of %s is of its own past alone: %s", (expr, alone) =>
  expect(pointsStandAlone(expr)).toBe(alone),
);
