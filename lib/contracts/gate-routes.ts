import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import * as decisions from "./decisions.ts";
import { EvaluateGate, GateAnswer } from "./gate.ts";

/** The addresses of the gate and of the log of what it decided. */
export const GATE_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/v1/gates/evaluate",
    access: "gate:ask",
    summary:
      "May this go out now? A decision with its reasons; with version and commit also the release itself",
    input: EvaluateGate,
    output: GateAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/decisions",
    access: "releases:read",
    summary: "The log of decisions and of what became of them, newest first",
    input: decisions.ListDecisions,
    output: decisions.DecisionPage,
  },
  {
    method: "GET",
    path: "/api/v1/decisions/verify",
    access: "releases:read",
    summary: "Whether every record still is what was written; names the first that is not",
    input: decisions.ListDecisions.pick({}),
    output: decisions.DecisionsVerdict,
  },
  {
    method: "GET",
    path: "/api/v1/decisions/export",
    access: "releases:read",
    summary: "Records as a file, oldest first: JSON lines that can be verified offline, or CSV",
    input: decisions.ExportDecisions,
    output: z.string(),
    contentType: "application/jsonl",
  },
  {
    method: "GET",
    path: "/api/v1/decisions/{record}",
    access: "releases:read",
    summary: "One record with its facts, queries and ledger slots",
    input: decisions.OneDecision,
    output: decisions.DecisionRecord,
  },
  {
    method: "GET",
    path: "/api/v1/decisions/{record}/recompute",
    access: "releases:read",
    summary: "Decide once more on the recorded facts under the policy of then: the same verdict?",
    input: decisions.OneDecision,
    output: decisions.Recomputed,
  },
];
