import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SpendQuery } from "#lib/contracts/slo-budgets.ts";
import type { SloDetail, SloEntry } from "#lib/contracts/slos.ts";
import { fetchJson } from "./fetch-json.ts";

const asBudgetGraphsAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).BudgetGraphsAnswer;
const asExplanationAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).ExplanationAnswer;
const asSloAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).SloAnswer;
const asSloHistory = async () => (await import("#lib/contracts/slo-budgets.ts")).SloHistory;
const asSloRulesState = async () => (await import("#lib/contracts/slo-rules.ts")).SloRulesState;
const asSlosAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).SlosAnswer;
const asSpendAnswer = async () => (await import("#lib/contracts/slo-routes.ts")).SpendAnswer;

const PATH = "/api/v1/slos";
/** The first part of the key of all that a tick of the page asks for again. */
export const SLOS_KEY = "slos";
/** A page's tick asks again; until then what is there is fresh. */
const FRESH_MS = 20_000;
/** Who spent a budget is asked of the source over the whole window. */
const SPEND_FRESH_MS = 300_000;

export type SloList = Measured<{ slos: SloEntry[] }>;
export type OneSlo = Measured<{ slo: SloDetail }>;

/** One objective of one group of an SLO. */
export interface BudgetAddress {
  id: string;
  objective: number;
  group: Record<string, string>;
}

const sloPath = (id: string) => `${PATH}/${encodeURIComponent(id)}`;

function budgetPath(
  { id, objective, group }: BudgetAddress,
  verb: string,
  more: Record<string, string> = {},
) {
  const query = new URLSearchParams({ objective: String(objective), group: JSON.stringify(group), ...more });
  return `${sloPath(id)}/${verb}?${query.toString()}`;
}

/** All SLOs with their budgets, worst first. */
export function slosQuery() {
  return queryOptions({
    queryKey: [SLOS_KEY, "list"],
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => fetchJson(asSlosAnswer, PATH, { signal }),
  });
}

/** The names and addresses of all SLOs, for the command palette. */
export function sloNames() {
  return queryOptions({
    ...slosQuery(),
    select: ({ data }: SloList) => data.slos.map(({ id, key }) => ({ id, key })),
  });
}

/** One SLO with its versions and budgets. */
export function sloQuery(id: string) {
  return queryOptions({
    queryKey: [SLOS_KEY, id, "detail"],
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => fetchJson(asSloAnswer, sloPath(id), { signal }),
  });
}

/** One budget over time. */
export function budgetQuery(address: BudgetAddress) {
  return queryOptions({
    queryKey: [SLOS_KEY, address.id, "budget", address],
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchJson(asBudgetGraphsAnswer, budgetPath(address, "budget"), { signal }),
  });
}

/** Every figure of a budget spelled out. */
export function explanationQuery(address: BudgetAddress) {
  return queryOptions({
    queryKey: [SLOS_KEY, address.id, "explanation", address],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) => fetchJson(asExplanationAnswer, budgetPath(address, "explain"), { signal }),
  });
}

/** Who spent a budget. */
export function spendQuery(address: BudgetAddress, by: SpendQuery["by"]) {
  return queryOptions({
    queryKey: ["slo-spend", address, by],
    staleTime: SPEND_FRESH_MS,
    retry: false,
    queryFn: ({ signal }) => fetchJson(asSpendAnswer, budgetPath(address, "spend", { by }), { signal }),
  });
}

/** What a budget showed over the last 30 days. */
export function sloHistoryQuery(address: BudgetAddress) {
  return queryOptions({
    queryKey: [SLOS_KEY, address.id, "history", address],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) =>
      (await fetchJson(asSloHistory, budgetPath(address, "history"), { signal })).snapshots,
  });
}

/** Whether the rules that the source has loaded are those of the SLOs. */
export function sloRulesQuery() {
  return queryOptions({
    queryKey: [SLOS_KEY, "rules"],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: ({ signal }) => fetchJson(asSloRulesState, `${PATH}/rules`, { signal }),
  });
}
