import type { SloRulesEntry, SloRulesState } from "#lib/contracts/slo-rules.ts";
import { problemOf } from "#lib/client/fetch-json.ts";

/** How the rules stand, in words; `troubled` when nobody may be paged. */
export interface RulesWords {
  text: string;
  troubled: boolean;
  reasons: string[];
}

const WORDS: Record<SloRulesEntry["state"], string> = {
  loaded: "Its alert rules are loaded as they should be",
  missing: "Its alert rules are not loaded: nobody is paged",
  different: "The loaded alert rules are not those of this version",
  extra: "Rules are loaded of an SLO that is no more",
  none: "It has no alert rules",
  unknown: "Whether its alert rules are loaded is not known",
};

/** What is known of the rules of one SLO. */
export function rulesInWords(state: SloRulesState | undefined, error: Error | null, id: string): RulesWords {
  if (!state) {
    if (!error) return { text: "Looking at the loaded rules", troubled: false, reasons: [] };
    return { text: WORDS.unknown, troubled: true, reasons: [problemOf(error).detail] };
  }
  const entry = state.slos.find((one) => one.id === id);
  const own = entry?.state ?? "unknown";
  const reasons = [
    ...(state.error === null ? [] : [state.error]),
    ...(entry?.reasons ?? []),
    ...(entry?.errors ?? []),
    ...(entry?.problems.map(({ message }) => message) ?? []),
  ];
  return { text: WORDS[own], troubled: own !== "loaded", reasons: [...new Set(reasons)] };
}
