import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { connection } from "next/server";
import type { PageSpec } from "#lib/client/page-spec.ts";
import { receivedLines, type PanelLines } from "#lib/client/panel-lines.ts";
import { parseTimeRange, type RangeParams } from "#lib/client/time-range.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { panelRegistry } from "#lib/server/panels/registry.ts";
import { panelLines } from "#lib/server/query/panel-lines.ts";
import { pageActor } from "./page-actor.ts";

/** The first paint waits no longer; what is not there by then comes with the browser's own request. */
const FIRST_PAINT_MS = 1_200;
const ABANDON_MS = 20_000;

/**
 * Runs a page's panels in process, so that its first HTML carries data. Panels that are slow go on
 * working after the deadline: the browser's request finds their answers in the cache.
 */
export async function loadPage(
  spec: PageSpec,
  searchParams: Promise<RangeParams>,
): Promise<{ lines: PanelLines; range: TimeRange }> {
  await connection();
  const { range } = parseTimeRange(await searchParams);
  const actor = await pageActor();
  const caller = { actor, signal: AbortSignal.timeout(ABANDON_MS), nowMs: Date.now() };
  const lines: Parameters<typeof receivedLines>[0][number][] = [];
  const all = Promise.all(
    panelLines(panelRegistry, caller, { ...spec, range }, randomUUID()).map(async (line) =>
      lines.push(await line),
    ),
  );
  await Promise.race([all, sleep(FIRST_PAINT_MS)]);
  return { range, lines: receivedLines([...lines], new Date().toISOString()) };
}
