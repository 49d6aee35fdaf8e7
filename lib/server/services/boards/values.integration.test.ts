import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { fillQuery } from "#lib/domain/boards/fill-query.ts";
import { type RealServer, startPrometheus, startTarget, until } from "#lib/server/testing/real-servers.ts";

const pieces = [
  '"',
  "\\",
  "'",
  "`",
  "\n",
  "{",
  "}",
  "#",
  "|",
  "$",
  "^",
  "*",
  "+",
  "?",
  "(",
  ")",
  "[",
  "]",
  "-",
  ".",
];
const hostile = fc
  .array(fc.constantFrom(...pieces, "a", "\\x41", "\\E", '"} or vector(1) #', "$node", "é", "\u2028", "😀"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(""));
const VALUES = [...new Set([...pieces, ...fc.sample(hostile, { numRuns: 150, seed: 7 })])];
const Answer = z.object({
  data: z.object({ result: z.array(z.object({ metric: z.object({ service: z.string() }) })) }),
});
const NEWLINE = /\n/g;

let prometheus: RealServer;
let target: Awaited<ReturnType<typeof startTarget>>;
beforeAll(async () => {
  const written = (value: string) => value.replace(/["\\]/g, "\\$&").replace(NEWLINE, "\\n");
  target = await startTarget(VALUES.map((value) => `sales{service="${written(value)}"} 1\n`).join(""));
  prometheus = await startPrometheus({ target: target.address });
  await until(async () => (await servicesOf("sales")).length === VALUES.length);
});
afterAll(async () => {
  target.close();
  await prometheus.remove();
});

async function servicesOf(query: string): Promise<string[]> {
  const body = new URLSearchParams({ query });
  const response = await fetch(`${prometheus.url}/api/v1/query`, { method: "POST", body });
  expect(response.status, query).toBe(200);
  return Answer.parse(await response.json()).data.result.map(({ metric }) => metric.service);
}

it.each([
  'sales{service="$service"}',
  'sales{service=~"$service"}',
  'sales{service=~"(?:never|$service)"}',
  'sales unless sales{service!~"$service"}',
  'sales unless sales{service!="$service"}',
])("Prometheus finds the one that a value names: %s", async (query) => {
  for (const service of VALUES) {
    const filled = fillQuery(query, "promql", { service, node: "x" });
    expect(filled).toHaveProperty("query");
    if ("query" in filled) expect(await servicesOf(filled.query)).toEqual([service]);
  }
});
