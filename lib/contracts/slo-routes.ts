import { z } from "zod";
import { Done } from "./access-routes.ts";
import type { ApiRoute } from "./api-route.ts";
import { Journey } from "./journeys.ts";
import { measured } from "./measured.ts";
import * as entries from "./slo-entries.ts";
import * as budgets from "./slo-budgets.ts";
import * as slos from "./slos.ts";

const Nothing = z.strictObject({});
export const SlosAnswer = measured(z.object({ slos: z.array(slos.SloEntry) }));
export const SloAnswer = measured(z.object({ slo: slos.SloDetail }));
export const BudgetGraphsAnswer = measured(budgets.BudgetGraphs);
export const ExplanationAnswer = measured(budgets.Explanation);
export const SpendAnswer = measured(budgets.Spend);
export const LedgerAnswer = z.object({ entries: z.array(entries.LedgerEntry) });
export const SloPreviewAnswer = measured(slos.Preview);
export const SloProposalsAnswer = measured(z.object({ proposals: z.array(slos.Proposal) }));
export const JourneysAnswer = measured(z.object({ journeys: z.array(Journey) }));

/** The addresses of SLOs and their budgets. */
export const SLO_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/slos",
    access: "slos:read",
    summary: "All SLOs with their budgets, worst first",
    input: slos.ListSlos,
    output: SlosAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/slos",
    access: "slos:draft",
    summary: "Make an SLO; in force at once for who may publish, else a draft",
    input: slos.CreateSlo,
    output: slos.SavedSlo,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}",
    access: "slos:read",
    summary: "One SLO with its versions and the budget of each objective and group",
    input: slos.OneSlo,
    output: SloAnswer,
  },
  {
    method: "PATCH",
    path: "/api/v1/slos/{id}",
    access: "slos:draft",
    summary:
      "Change an SLO in a new version, or its draft; a stale version answers 409 with the current state",
    input: slos.PatchSlo,
    output: slos.SavedSlo,
  },
  {
    method: "DELETE",
    path: "/api/v1/slos/{id}",
    access: "slos:publish",
    summary: "Take an SLO out of force; what was measured stays",
    input: slos.DeleteSlo,
    output: Done,
  },
  {
    method: "POST",
    path: "/api/v1/slos/{id}/publish",
    access: "slos:publish",
    summary: "Put the draft of an SLO in force",
    input: slos.PublishSlo,
    output: slos.SavedSlo,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/budget",
    access: "slos:read",
    summary: "One budget over time: trailing budget, burn-down, the SLI, and what happened meanwhile",
    input: budgets.BudgetQuery,
    output: BudgetGraphsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/explain",
    access: "slos:read",
    summary: "Every figure of a budget with its formula, sums, slots and queries",
    input: budgets.BudgetQuery,
    output: ExplanationAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/spend",
    access: "slos:read",
    summary: "Who spent a budget: by route, status, instance, node or incident",
    input: budgets.SpendQuery,
    output: SpendAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/history",
    access: "slos:read",
    summary: "What a budget showed over the last 30 days: changes of its status, and a look each hour",
    input: budgets.BudgetQuery,
    output: budgets.SloHistory,
  },
  {
    method: "GET",
    path: "/api/v1/slos/{id}/entries",
    access: "slos:read",
    summary: "What people added to the ledger of an SLO: exclusions, corrections, notes",
    input: slos.OneSlo,
    output: LedgerAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/slos/{id}/entries",
    access: "slos:draft",
    summary: "Add an exclusion, a correction or a note; what changes the past waits for a second person",
    input: entries.CreateEntry,
    output: entries.LedgerEntry,
  },
  {
    method: "POST",
    path: "/api/v1/slos/{id}/entries/{entry}/approve",
    access: "slos:publish",
    summary: "Agree to an entry as the second person",
    input: entries.OneEntry,
    output: entries.LedgerEntry,
  },
  {
    method: "DELETE",
    path: "/api/v1/slos/{id}/entries/{entry}",
    access: "slos:draft",
    summary: "Withdraw an entry; one that changed the past only by another person than its author",
    input: entries.OneEntry,
    output: entries.LedgerEntry,
  },
  {
    method: "POST",
    path: "/api/v1/slos/preview",
    access: "slos:draft",
    summary: "What a definition would have shown over the last 30 days, before it is saved",
    input: slos.PreviewSlo,
    output: SloPreviewAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/slos/proposals",
    access: "slos:draft",
    summary: "SLOs worth having for what was discovered, each with its reasons",
    input: slos.ProposeSlos,
    output: SloProposalsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/journeys",
    access: "slos:read",
    summary: "User journeys with their steps, worst first",
    input: Nothing,
    output: JourneysAnswer,
  },
];
