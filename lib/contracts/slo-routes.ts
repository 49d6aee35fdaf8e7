import { z } from "zod";
import { Done } from "./access-routes.ts";
import type { ApiRoute } from "./api-route.ts";
import { measured } from "./measured.ts";
import * as slos from "./slos.ts";

/** The addresses of SLOs and their budgets. */
export const SLO_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/slos",
    access: "slos:read",
    summary: "All SLOs with their budgets, worst first",
    input: slos.ListSlos,
    output: measured(z.object({ slos: z.array(slos.SloEntry) })),
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
    output: measured(z.object({ slo: slos.SloDetail })),
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
];
