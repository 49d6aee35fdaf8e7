import "server-only";
import { generateRules } from "#lib/domain/slo/rules/generate.ts";
import type { RuleSource, SloRules } from "#lib/domain/slo/rules/rule.ts";
import { DAY_MS } from "#lib/domain/slo/slots/slot.ts";
import { read } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { settings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";

/** The rules of all SLOs in force, and what tells whether they are still the same. */
export interface CurrentRules {
  fingerprint: string;
  sources: RuleSource[];
  rules: SloRules[];
}

/** The definitions in force. @throws `unavailable` when the database is out of reach */
async function sourcesInForce(): Promise<{ sources: RuleSource[]; versions: string }> {
  const slos = (await read(findSlos)).flatMap(({ id, version, definition }) =>
    definition === null ? [] : [{ id, version, definition }],
  );
  return {
    sources: slos.map(({ id, definition }) => ({ id, definition })),
    versions: slos.map(({ id, version }) => `${id}@${version}`).join(","),
  };
}

/** The rules as they should be now; written anew when an SLO changed or a UTC day began. */
export async function currentRules(nowMs: number): Promise<CurrentRules> {
  const kept = singleton<{ current: CurrentRules | null }>("rules.current", () => ({ current: null }));
  const { sources, versions } = await sourcesInForce();
  const fingerprint = `${Math.floor(nowMs / DAY_MS)}:${versions}`;
  if (kept.current?.fingerprint === fingerprint) return kept.current;
  const rules = generateRules(sources, { nowMs, consoleUrl: settings().publicUrl });
  kept.current = { fingerprint, sources, rules };
  return kept.current;
}
