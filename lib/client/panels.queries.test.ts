import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { pageSpec } from "./page-spec.ts";
import type { PanelLines } from "./panel-lines.ts";
import { pagePanels } from "./panels.queries.ts";

afterEach(() => vi.unstubAllGlobals());

const spec = pageSpec("test", [{ panel: "cluster.findings" }, { panel: "cluster.alerts" }]);
const told = (id: string) => {
  const answer = { data: [], asOf: null, stale: false, partial: false, warnings: [] };
  return `${JSON.stringify({ id, ok: true, answer, queries: [] })}\n`;
};

/** Answers the next request with lines, those of one chunk together. */
function answerIn(chunks: readonly string[]): void {
  const body = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
}

test("the cache changes once for all lines that arrive together, and names those that never came", async () => {
  answerIn([told("cluster.findings") + told("cluster.alerts"), told("sources.lamps")]);
  const client = new QueryClient();
  const page = pagePanels(spec, { lastSeconds: 3600 });
  const seen = new Set<PanelLines>();
  client.getQueryCache().subscribe(() => {
    const lines = client.getQueryData(page.queryKey);
    if (lines) seen.add(lines);
  });
  await client.query(page);
  expect([...seen].map((lines) => Object.keys(lines))).toEqual([
    ["cluster.findings", "cluster.alerts"],
    ["cluster.findings", "cluster.alerts", "sources.lamps"],
  ]);
});

test("panels that an answer leaves out are refusals", async () => {
  answerIn([told("cluster.findings")]);
  const lines = await new QueryClient().query(pagePanels(spec, { lastSeconds: 3600 }));
  expect(Object.values(lines).map(({ ok }) => ok)).toEqual([true, false, false]);
});
