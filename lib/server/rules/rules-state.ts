import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import { RULES_STATES, type SloRulesEntry, type SloRulesState } from "#lib/contracts/slo-rules.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { findSource, sourcesOf } from "#lib/server/query/sources.ts";
import { singleton } from "#lib/server/singleton.ts";
import { currentRules } from "./current-rules.ts";
import { delivery } from "./delivery.ts";
import { compareSlo, extraSlos, GROUP_PREFIXES } from "./drift.ts";
import { type LoadedGroup, loadedGroups } from "./loaded-rules.ts";

/** Every SLO's page asks; for so long one comparison answers them all. */
const FRESH_MS = 10_000;

/** The source whose rules are ours: the default one. */
export function rulesSource(): SourceSettings | null {
  return sourcesOf("prometheus").length === 0 ? null : findSource("prometheus");
}

async function askSource(
  source: SourceSettings | null,
): Promise<{ loaded: Map<string, LoadedGroup> | null; error: string | null }> {
  if (source === null) return { loaded: null, error: "No Prometheus source is configured." };
  try {
    const groups = await loadedGroups(source, GROUP_PREFIXES, new AbortController().signal);
    return { loaded: new Map(groups.map((group) => [group.name, group])), error: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { loaded: null, error: error.message };
  }
}

async function compare(): Promise<SloRulesState> {
  const nowMs = Date.now();
  const source = rulesSource();
  const [{ rules }, { loaded, error }] = await Promise.all([currentRules(nowMs), askSource(source)]);
  const slos: SloRulesEntry[] = [];
  for (const one of rules) {
    slos.push(compareSlo(one, loaded));
    await breathe();
  }
  if (loaded) slos.push(...extraSlos(rules, loaded));
  const counted = RULES_STATES.map((state) => [state, slos.filter((one) => one.state === state).length]);
  return {
    checkedAt: new Date(nowMs).toISOString(),
    source: source?.name ?? null,
    error,
    delivery: settings().rulesDir === null ? null : delivery(),
    counts: Object.fromEntries(counted) as SloRulesState["counts"],
    slos,
  };
}

/**
 * Whether the rules that the default source has loaded are those of the SLOs in force; one comparison for all who ask
 * within ten seconds. A source that does not answer leaves every state unknown.
 * @throws `unavailable` when the database is out of reach
 */
export async function rulesState(): Promise<SloRulesState> {
  const kept = singleton<{ state: Promise<SloRulesState> | null }>("rules.state", () => ({ state: null }));
  if (kept.state) return kept.state;
  const state = compare();
  kept.state = state;
  const forget = () => {
    if (kept.state === state) kept.state = null;
  };
  state.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
  return state;
}

/** Has the next caller compare anew: rules were loaded. */
export function forgetRulesState(): void {
  singleton<{ state: Promise<SloRulesState> | null }>("rules.state", () => ({ state: null })).state = null;
}
