import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import {
  PANELS,
  type PanelData,
  type PanelName,
  type PanelParams,
  type QueryText,
} from "#lib/contracts/panels.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { chooseStep } from "./grid.ts";
import { SCRAPE_INTERVAL_SECONDS } from "./limits.ts";
import type { PanelLoader, PanelRegistry } from "./panel-loader.ts";

/** Who asks for panels, and until when somebody waits for them. */
export interface PanelCaller {
  actor: Actor;
  signal: AbortSignal;
  nowMs: number;
}

export interface PanelCall<N extends PanelName> {
  panel: N;
  params: PanelParams<N>;
  range: TimeRange;
  widthPx: number;
}

/** A panel's data with the distinct queries behind it. */
export interface PanelAnswer<N extends PanelName> {
  answer: Measured<PanelData<N>>;
  queries: QueryText[];
}

/**
 * Loads one panel: for a page rendered on the server, and for each line of POST /api/v1/panels.
 * @throws AppError `forbidden`, `invalid` naming `params.…` below `path`, and whatever the loader throws.
 */
export async function runPanel<N extends PanelName>(
  registry: PanelRegistry,
  caller: PanelCaller,
  call: PanelCall<N>,
  path = "",
): Promise<PanelAnswer<N>> {
  authorize(caller.actor, "measurements:read");
  const params = parseInput(PANELS[call.panel].params, call.params, path) as PanelParams<N>;
  const range = resolveRange(call.range, caller.nowMs);
  const queries = new Map<string, QueryText>();
  const loader: PanelLoader<N> = registry[call.panel];
  const answer = await loader(
    {
      ...caller,
      range,
      widthPx: call.widthPx,
      stepSeconds: chooseStep((range.toMs - range.fromMs) / 1000, call.widthPx, SCRAPE_INTERVAL_SECONDS),
      trace: (query) => queries.set(`${query.source}\n${query.expr}`, query),
    },
    params,
  );
  return { answer, queries: [...queries.values()] };
}

/** True for the name of a panel of the contract. */
export function isPanelName(name: string): name is PanelName {
  return Object.hasOwn(PANELS, name);
}

function resolveRange(range: TimeRange, nowMs: number): { fromMs: number; toMs: number } {
  if ("lastSeconds" in range) return { fromMs: nowMs - range.lastSeconds * 1000, toMs: nowMs };
  return { fromMs: Date.parse(range.from), toMs: Date.parse(range.to) };
}
