import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CreateRule, OwnRule, PutRule } from "#lib/contracts/alert-rules.ts";
import { ALERTS_KEY } from "./alerts.queries.ts";
import { fetchJson } from "./fetch-json.ts";

const asRuleAnswer = async () => (await import("#lib/contracts/alert-rules.ts")).RuleAnswer;
const asRulePreviewAnswer = async () => (await import("#lib/contracts/alert-rules.ts")).RulePreviewAnswer;
const asRuleRemoved = async () => (await import("#lib/contracts/alert-rules.ts")).RuleRemoved;
const asRulesAnswer = async () => (await import("#lib/contracts/alert-rules.ts")).RulesAnswer;

const PATH = "/api/v1/rules";
const FRESH_MS = 20_000;
const pathOf = (name: string) => `${PATH}/${encodeURIComponent(name)}`;

function send(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The alert rules of all sources, with what may be wrong with them. */
export function rulesQuery() {
  return queryOptions({
    queryKey: [ALERTS_KEY, "rules"],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) => fetchJson(asRulesAnswer, PATH, { signal }),
  });
}

/** A rule that is written here. */
export function ownRuleQuery(name: string) {
  return queryOptions({
    queryKey: ["own-rule", name],
    retry: false,
    queryFn: async ({ signal }) => (await fetchJson(asRuleAnswer, pathOf(name), { signal })).rule,
  });
}

/** What a rule would have done over the last 30 days. */
export function rulePreviewQuery(expr: string, forSeconds: number) {
  return queryOptions({
    queryKey: ["rule-preview", expr, forSeconds],
    retry: false,
    staleTime: 300_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      fetchJson(asRulePreviewAnswer, `${PATH}/preview`, {
        ...send("POST", { expr, forSeconds }),
        signal,
      }),
  });
}

/** Writes a new rule. Throws a ProblemError. */
export async function createRule(wanted: CreateRule): Promise<OwnRule> {
  return (await fetchJson(asRuleAnswer, PATH, send("POST", wanted))).rule;
}

/** Changes a rule. Throws a ProblemError; `conflict` carries the rule as it is now. */
export async function putRule({ name, ...wanted }: PutRule): Promise<OwnRule> {
  return (await fetchJson(asRuleAnswer, pathOf(name), send("PUT", wanted))).rule;
}

/** Deletes a rule. Throws a ProblemError. */
export async function deleteRule({ name, version }: Pick<OwnRule, "name" | "version">): Promise<void> {
  await fetchJson(asRuleRemoved, pathOf(name), send("DELETE", { version }));
}
