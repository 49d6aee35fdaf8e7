import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { PanelData, PanelName, PanelParams } from "#lib/contracts/panels.ts";
import type { QueryContext } from "./types.ts";

/** What a panel's loader is told beside its parameters. */
export interface PanelContext extends QueryContext {
  /** The page's range, already resolved against `nowMs`; Unix milliseconds. */
  range: { fromMs: number; toMs: number };
  /** The step that suits the range and the panel's width; hand it on to range queries. */
  stepSeconds: number;
  widthPx: number;
  nowMs: number;
}

/** Produces one panel's data. Throws AppErrors; a failing panel never takes another one down. */
export type PanelLoader<N extends PanelName> = (
  context: PanelContext,
  params: PanelParams<N>,
) => Promise<Measured<PanelData<N>>>;

/** One loader for every panel of the contract; a missing one does not compile. */
export type PanelRegistry = { [N in PanelName]: PanelLoader<N> };
