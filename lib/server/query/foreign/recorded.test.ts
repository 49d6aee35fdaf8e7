import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { findTarget } from "./find-target.ts";
import { foreignListener, type RecordingSource, recordingSource } from "./testing/exchange.ts";

interface Exchange {
  name: string;
  tenancy?: string;
  method?: string;
  path?: string;
  query?: Record<string, string | number | string[]>;
  requestHeaders?: Record<string, string>;
  requestBody?: string;
  status: number;
  contentType: string | null;
  body: string;
}

const recordingOf = (file: string) =>
  (JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as { exchanges: Exchange[] }).exchanges;

/** What Loki 3.7.6 was asked and answered, as far as foreign clients may ask it. That ours were refused is no answer. */
const LOKI = recordingOf("../../../../demo/logstore/fixtures/loki-3.7.6.json").filter(
  ({ path = "", method = "GET", status, contentType }) =>
    findTarget(`/api/loki${path}`) !== null &&
    ["GET", "POST"].includes(method) &&
    contentType !== null &&
    status !== 401,
);
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^query-/, "/api/v1/query"],
  [/^range/, "/api/v1/query_range"],
  [/^buildinfo/, "/api/v1/status/buildinfo"],
  [/^label-values/, "/api/v1/label/job/values"],
  [/^alerts/, "/api/v1/alerts"],
];
const PROMETHEUS = recordingOf("../prometheus/fixtures/3.5.3.json").flatMap((exchange) => {
  const path = PATHS.find(([name]) => name.test(exchange.name))?.[1];
  return path === undefined ? [] : [{ ...exchange, path }];
});

let prometheus: RecordingSource;
let loki: RecordingSource;
let listener: Awaited<ReturnType<typeof foreignListener>>;
beforeEach(async () => {
  [prometheus, loki] = await Promise.all([recordingSource("prometheus"), recordingSource("loki")]);
  listener = await foreignListener({ sources: [prometheus.source, loki.source], actor: () => ADMIN });
});
afterEach(() => Promise.all([prometheus.close(), loki.close(), listener.close()]));

function paramsOf({ query = {} }: Exchange): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  );
}

/** Asks as it was asked then; what comes through twice must be what was recorded. */
async function exchanged(source: RecordingSource, exchange: Exchange) {
  const { status, contentType, body } = exchange;
  source.answer = (response) => response.writeHead(status, { "content-type": contentType ?? "" }).end(body);
  const post = exchange.method === "POST";
  const ask = async () => {
    const response = await fetch(
      `${listener.url}/api/${source.source.kind}${exchange.path}?${paramsOf(exchange)}`,
      post
        ? { method: "POST", headers: exchange.requestHeaders ?? {}, body: exchange.requestBody ?? "" }
        : {},
    );
    return [response.status, response.headers.get("content-type"), await response.text()];
  };
  const type = contentType?.startsWith("application/json") ? "application/json" : contentType;
  expect([await ask(), await ask()]).toEqual([
    [status, type, body],
    [status, type, body],
  ]);
}

test("the recordings are of some use", () => {
  expect(LOKI.length).toBeGreaterThan(60);
  expect(PROMETHEUS.length).toBeGreaterThan(25);
});

test.each(LOKI.map((exchange) => [`${exchange.name} (${exchange.tenancy})`, exchange] as const))(
  "Loki 3.7.6: %s",
  (_, exchange) => exchanged(loki, exchange),
);

test.each(PROMETHEUS.map((exchange) => [exchange.name, exchange] as const))(
  "Prometheus 3.5.3: %s",
  (_, exchange) => exchanged(prometheus, exchange),
);
