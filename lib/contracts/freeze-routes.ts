import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import * as freezes from "./freezes.ts";
import * as spending from "./spending.ts";

export const FreezeAnswer = z.object({ freeze: freezes.Freeze });
export const SpendingAnswer = z.object({ spending: spending.Spending });
export const SpendingsAnswer = z.object({ data: z.object({ spending: z.array(spending.Spending) }) });

/** The addresses of what stands beside the budgets: times when nothing goes out, and more spending agreed to. */
export const FREEZE_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/freezes",
    access: "releases:read",
    summary: "Freezes with the spans within a time, 60 days from now unless told",
    input: freezes.ListFreezes,
    output: freezes.FreezePage,
  },
  {
    method: "POST",
    path: "/api/v1/freezes",
    access: "freezes:write",
    summary: "Declare a freeze: once, or by a rule of RFC 5545 in a time zone",
    input: freezes.CreateFreeze,
    output: FreezeAnswer,
  },
  {
    method: "DELETE",
    path: "/api/v1/freezes/{id}",
    access: "freezes:write",
    summary: "Cancel a freeze; it stays on record",
    input: freezes.OneFreeze,
    output: FreezeAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/spending",
    access: "releases:read",
    summary: "More spending of budgets that was agreed to, newest first",
    input: spending.ListSpending,
    output: SpendingsAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/spending",
    access: "budget:spend",
    summary: "Agree to spend more of a service's budget, for at most 30 days",
    input: spending.AgreeSpending,
    output: SpendingAnswer,
  },
  {
    method: "DELETE",
    path: "/api/v1/spending/{id}",
    access: "budget:spend",
    summary: "Withdraw it; it stays on record",
    input: spending.OneSpending,
    output: SpendingAnswer,
  },
];
