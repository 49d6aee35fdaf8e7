import { z } from "zod";
import { ReleaseState } from "#lib/contracts/releases.ts";

/** What the board is narrowed to. */
export interface ReleaseFilter {
  q?: string;
  service?: string;
  state?: ReleaseState;
}
export type ReleaseParams = Partial<Record<keyof ReleaseFilter, string | string[]>>;

const text = z.string().min(1).max(200).optional().catch(undefined);
const Params = z.object({ q: text, service: text, state: ReleaseState.optional().catch(undefined) });

/** The filter in the address of the board; what cannot be read narrows nothing. */
export function readReleaseFilter(params: ReleaseParams): ReleaseFilter {
  const known = Object.entries(Params.parse(params)).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

/** The filter as the API takes it in a query string; `open` asks for those under way, or for those that are over. */
export function releaseQueryText(filter: ReleaseFilter, open: boolean, cursor: string | null): string {
  const { q, service, state } = filter;
  const wanted = { q, service, state, open: String(open), cursor };
  const known = Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(known).toString();
}
