import type { AlertRule } from "#lib/contracts/alert-rules.ts";

/** The rules of a group as its source evaluates them, and how they are. */
export interface RuleGroup {
  key: string;
  source: string;
  name: string;
  rules: readonly AlertRule[];
  firing: number;
  pending: number;
  broken: number;
  findings: number;
  /** Something in it is for somebody to look at. */
  calls: boolean;
}

/** That a rule never fired is no news of most: by itself it opens no group. */
function callsFor({ state, health, findings }: AlertRule): boolean {
  return health === "err" || state === "firing" || state === "pending" || findings.some(isNews);
}

const isNews = ({ lint }: AlertRule["findings"][number]) => lint !== "never_fired";

function toGroup(key: string, rules: readonly AlertRule[]): RuleGroup {
  const count = (test: (rule: AlertRule) => boolean) => rules.filter(test).length;
  return {
    key,
    source: rules[0]?.source ?? "",
    name: rules[0]?.group ?? "",
    rules,
    firing: count(({ state }) => state === "firing"),
    pending: count(({ state }) => state === "pending"),
    broken: count(({ health }) => health === "err"),
    findings: count(({ findings }) => findings.length > 0),
    calls: rules.some(callsFor),
  };
}

/** Rules by their groups, in the order in which the first rule of each comes: the most urgent on top. */
export function ruleGroups(rules: readonly AlertRule[]): RuleGroup[] {
  const byGroup = Map.groupBy(rules, ({ source, group }) => JSON.stringify([source, group]));
  return [...byGroup].map(([key, own]) => toGroup(key, own));
}
