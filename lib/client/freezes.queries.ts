import { queryOptions } from "@tanstack/react-query";
import type { CreateFreeze, Freeze } from "#lib/contracts/freezes.ts";
import type { AgreeSpending, Spending } from "#lib/contracts/spending.ts";
import { fetchJson } from "./fetch-json.ts";

const asFreezeAnswer = async () => (await import("#lib/contracts/freeze-routes.ts")).FreezeAnswer;
const asFreezePage = async () => (await import("#lib/contracts/freezes.ts")).FreezePage;
const asSpendingAnswer = async () => (await import("#lib/contracts/freeze-routes.ts")).SpendingAnswer;
const asSpendingsAnswer = async () => (await import("#lib/contracts/freeze-routes.ts")).SpendingsAnswer;

/** Whatever changes a freeze or agreed spending has everything under this key asked again. */
export const FREEZES_KEY = "freezes";
const REFETCH_MS = 30_000;

const post = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

const HOUR_MS = 3_600_000;

/** What the calendar asks for: six weeks from the current one, in whatever zone; the same for an hour. */
export function calendarRange(nowMs: number): { from: string; to: string } {
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const iso = (days: number) => new Date(hourMs + days * 24 * HOUR_MS).toISOString();
  return { from: iso(-8), to: iso(43) };
}

/** Freezes with their spans within a time. */
export function freezesQuery({ from, to }: { from: string; to: string }) {
  return queryOptions({
    queryKey: [FREEZES_KEY, from, to],
    refetchInterval: REFETCH_MS,
    queryFn: async ({ signal }) => {
      const asked = new URLSearchParams({ from, to });
      return (await fetchJson(asFreezePage, `/api/v1/freezes?${asked.toString()}`, { signal })).data.freezes;
    },
  });
}

/** Declares a freeze. Throws a ProblemError. */
export async function declareFreeze(wanted: CreateFreeze): Promise<Freeze> {
  return (await fetchJson(asFreezeAnswer, "/api/v1/freezes", post(wanted))).freeze;
}

/** Cancels a freeze. Throws a ProblemError. */
export async function cancelFreeze(id: string): Promise<Freeze> {
  const address = `/api/v1/freezes/${encodeURIComponent(id)}`;
  return (await fetchJson(asFreezeAnswer, address, { method: "DELETE" })).freeze;
}

/** More spending of budgets that was agreed to, newest first. */
export const spendingQuery = queryOptions({
  queryKey: [FREEZES_KEY, "spending"],
  refetchInterval: REFETCH_MS,
  queryFn: async ({ signal }) =>
    (await fetchJson(asSpendingsAnswer, "/api/v1/spending", { signal })).data.spending,
});

/** Agrees to more spending. Throws a ProblemError. */
export async function agreeSpending(wanted: AgreeSpending): Promise<Spending> {
  return (await fetchJson(asSpendingAnswer, "/api/v1/spending", post(wanted))).spending;
}

/** Takes agreed spending back. Throws a ProblemError. */
export async function withdrawSpending(id: string): Promise<Spending> {
  const address = `/api/v1/spending/${encodeURIComponent(id)}`;
  return (await fetchJson(asSpendingAnswer, address, { method: "DELETE" })).spending;
}
