import type { ReleaseState } from "#lib/contracts/releases.ts";
import { RELEASE_STATES } from "#lib/domain/gate/release-states.ts";
import { choiceParam, known, textParam } from "./read-param.ts";

/** What the board is narrowed to. */
export interface ReleaseFilter {
  q?: string;
  service?: string;
  state?: ReleaseState;
}
export type ReleaseParams = Partial<Record<keyof ReleaseFilter, string | string[]>>;

/** The filter in the address of the board; what cannot be read narrows nothing. */
export function readReleaseFilter(params: ReleaseParams): ReleaseFilter {
  const state = choiceParam(RELEASE_STATES, params.state);
  return known({ q: textParam(params.q), service: textParam(params.service), state });
}

/** The filter as the API takes it in a query string; `open` asks for those under way, or for those that are over. */
export function releaseQueryText(filter: ReleaseFilter, open: boolean, cursor: string | null): string {
  const { q, service, state } = filter;
  const wanted = { q, service, state, open: String(open), cursor };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(given).toString();
}
