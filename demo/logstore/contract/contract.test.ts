import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { address, EXCHANGES, requestBody, type Exchange } from "./exchanges.ts";
import { notReplayed, OWN_WORDS, UNORDERED, UNSUPPORTED_LOGQL, UNSUPPORTED_PATHS } from "./verdicts.ts";
import { startTestStore, type TestAnswer, type TestStore } from "../testing.ts";

/** Loki answered the one query without a time at this moment, which stands in its answer. */
const RECORDED_QUERY_MS = 1_795_213_115_335;
/** What the OTLP push became inside Loki: an ordinary stream with metadata. */
const OTLP_LINE = {
  streams: [
    {
      stream: { service_name: "otel-svc" },
      values: [
        [
          "1795211280000000077",
          "otlp line",
          {
            http_method: "GET",
            scope_name: "s",
            severity_number: "17",
            severity_text: "ERROR",
            span_id: "b7ad6b7169203331",
            trace_id: "0af7651916cd43dd8448eb211c80319c",
          },
        ],
      ],
    },
  ],
};

type Verdict =
  "exact" | "unordered" | "own words" | "unsupported LogQL" | "unsupported path" | "not replayed";

function verdictOn(exchange: Exchange): Verdict {
  const { name } = exchange;
  if (notReplayed(exchange)) return "not replayed";
  if (UNORDERED.includes(name)) return "unordered";
  if (name in OWN_WORDS) return "own words";
  if (name in UNSUPPORTED_LOGQL) return "unsupported LogQL";
  return UNSUPPORTED_PATHS.includes(name) ? "unsupported path" : "exact";
}

/** JSON without `stats`, which the store does not keep; text as it is. */
function content({ contentType, body }: TestAnswer): unknown {
  if (!contentType?.startsWith("application/json")) return body;
  const parsed = JSON.parse(body) as { data?: { stats?: unknown } };
  if (parsed.data && "stats" in parsed.data) delete parsed.data.stats;
  return parsed;
}

function compare(exchange: Exchange, verdict: Verdict, answer: TestAnswer): void {
  if (verdict === "unsupported LogQL" || verdict === "unsupported path") {
    const construct = verdict === "unsupported path" ? exchange.path : UNSUPPORTED_LOGQL[exchange.name];
    const body = `not supported by the demo's log store: ${construct}`;
    expect(answer).toEqual({ status: 501, contentType: "text/plain; charset=utf-8", body });
    return;
  }
  expect([answer.status, answer.contentType]).toEqual([exchange.status, exchange.contentType]);
  if (verdict === "exact") expect(content(answer)).toEqual(content(exchange));
  if (verdict === "unordered") expect(elements(answer)).toEqual(elements(exchange));
}

function elements(answer: TestAnswer): string[] {
  const { data } = content(answer) as { data: Record<string, string>[] };
  return data.map((labels) => JSON.stringify(Object.entries(labels).sort())).sort();
}

describe("against Loki 3.7.6", () => {
  let test: TestStore;
  beforeAll(async () => {
    test = await startTestStore();
  });
  afterAll(() => test.close());

  // One after the other: the store fills as Loki did.
  it.each(EXCHANGES.map((exchange) => [exchange.name, verdictOn(exchange), exchange] as const))(
    "%s (%s)",
    async (name, verdict, exchange) => {
      if (verdict === "not replayed") return expect(notReplayed(exchange)).not.toBe("");
      if (exchange.path === "/loki/api/v1/query") test.nowMs = RECORDED_QUERY_MS;
      const options = { headers: exchange.requestHeaders ?? {}, body: requestBody(exchange) };
      compare(exchange, verdict, await test.ask(exchange.method, address(exchange), options));
      if (name !== "push-otlp-json") return;
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(OTLP_LINE);
      expect((await test.ask("POST", "/loki/api/v1/push", { headers, body })).status).toBe(204);
    },
  );

  it("accounts for every exchange", () => {
    const counted = Object.fromEntries(
      Map.groupBy(EXCHANGES, verdictOn)
        .entries()
        .map(([verdict, members]) => [verdict, members.length]),
    );
    expect(counted).toEqual({
      exact: 111,
      unordered: 2,
      "own words": 9,
      "unsupported LogQL": 16,
      "unsupported path": 28,
      "not replayed": 42,
    });
    const known = new Set(EXCHANGES.map(({ name }) => name));
    const named = [
      UNORDERED,
      UNSUPPORTED_PATHS,
      Object.keys(OWN_WORDS),
      Object.keys(UNSUPPORTED_LOGQL),
    ].flat();
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it("answers a scalar with the time that was asked for", async () => {
    const answer = await test.ask("GET", "/loki/api/v1/query?query=1%2B1&time=1795212180");
    expect(content(answer)).toMatchObject({ data: { resultType: "scalar", result: [1_795_212_180, "2"] } });
  });
});
