import "server-only";
import type { SloRulesEntry } from "#lib/contracts/slo-rules.ts";
import { BUDGET_GROUP_PREFIX, SLO_GROUP_PREFIX } from "#lib/domain/slo/rules/generate.ts";
import type { Rule, RuleGroup, SloRules } from "#lib/domain/slo/rules/rule.ts";
import { samePromql } from "./canonical-promql.ts";
import type { LoadedGroup, LoadedRule } from "./loaded-rules.ts";

/** The names of our groups begin so. */
export const GROUP_PREFIXES = [SLO_GROUP_PREFIX, BUDGET_GROUP_PREFIX] as const;
/** More reasons than this tell no more. */
const MAX_REASONS = 20;

function sameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** An alert's name says nothing of its tier, so that labels belong to who a rule is. */
function identity({ name, labels }: { name: string; labels: Readonly<Record<string, string>> }): string {
  return JSON.stringify([name, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function called(rule: { name: string; labels: Readonly<Record<string, string>> }): string {
  const { burnline_tier: tier, burnline_objective: objective } = rule.labels;
  const which = [tier, objective].filter((one) => one !== undefined).join(", ");
  return which === "" ? rule.name : `${rule.name} (${which})`;
}

function ruleDifferences(expected: Rule, loaded: LoadedRule): string[] {
  const differences: string[] = [];
  if (!samePromql(expected.expr, loaded.query)) differences.push(`${called(expected)}: another expression`);
  if (expected.kind === "record") return differences;
  if (expected.forSeconds !== loaded.duration) differences.push(`${called(expected)}: another "for"`);
  if (!sameTexts(expected.annotations, loaded.annotations))
    differences.push(`${called(expected)}: other annotations`);
  return differences;
}

function groupDifferences(expected: RuleGroup, loaded: LoadedGroup | undefined): string[] {
  if (!loaded) return [`the group ${expected.name} is not loaded`];
  const differences =
    expected.intervalSeconds === loaded.interval
      ? []
      : [`${expected.name}: evaluated every ${loaded.interval} s`];
  const there = new Map(loaded.rules.map((rule) => [identity(rule), rule]));
  for (const rule of expected.rules) {
    const found = there.get(identity(rule));
    there.delete(identity(rule));
    if (found) differences.push(...ruleDifferences(rule, found));
    else differences.push(`${called(rule)}: not loaded`);
  }
  return [...differences, ...[...there.values()].map((rule) => `${called(rule)}: not ours`)];
}

function stateOf(
  rules: SloRules,
  loaded: ReadonlyMap<string, LoadedGroup>,
): Pick<SloRulesEntry, "state" | "reasons"> {
  const { groups } = rules;
  if (groups.length === 0) return { state: "none", reasons: [] };
  if (!groups.some(({ name }) => loaded.has(name))) return { state: "missing", reasons: [] };
  const reasons = groups.flatMap((group) => groupDifferences(group, loaded.get(group.name)));
  return { state: reasons.length === 0 ? "loaded" : "different", reasons: reasons.slice(0, MAX_REASONS) };
}

/** How one SLO's rules stand; null for what is loaded when the source could not be asked. */
export function compareSlo(rules: SloRules, loaded: ReadonlyMap<string, LoadedGroup> | null): SloRulesEntry {
  const { id, key, groups } = rules;
  const problems = rules.problems.map(({ path, message }) => ({ path: path.join("."), message }));
  if (loaded === null) return { id, key, state: "unknown", reasons: [], errors: [], problems };
  const own = groups.flatMap(({ name }) => loaded.get(name)?.rules ?? []);
  const errors = own.flatMap((rule) => (rule.lastError === "" ? [] : [`${called(rule)}: ${rule.lastError}`]));
  return { id, key, ...stateOf(rules, loaded), errors: errors.slice(0, MAX_REASONS), problems };
}

/** Loaded groups of ours that no SLO has, one entry per SLO they are named after. */
export function extraSlos(
  all: readonly SloRules[],
  loaded: ReadonlyMap<string, LoadedGroup>,
): SloRulesEntry[] {
  const known = new Set(all.flatMap(({ groups }) => groups.map(({ name }) => name)));
  const extra = [...loaded.keys()].filter((name) => !known.has(name));
  const byKey = Map.groupBy(extra, (name) => name.slice(name.indexOf(":") + 1));
  return [...byKey].map(([key, names]) => ({
    id: null,
    key,
    state: "extra",
    reasons: names.map((name) => `the group ${name} belongs to no SLO in force`),
    errors: [],
    problems: [],
  }));
}
