import { z } from "zod";
import { ACCESS_ROUTES } from "./access-routes.ts";
import { ALERT_ROUTES } from "./alert-routes.ts";
import { RULE_ROUTES } from "./alert-rules.ts";
import type { ApiRoute } from "./api-route.ts";
import { BOARD_ROUTES } from "./board-routes.ts";
import { ATTACHMENT_ROUTES } from "./attachments.ts";
import { CatalogueName, CataloguePatch, CatalogueService } from "./catalogue.ts";
import {
  ClusterAnswer,
  Finding,
  FiringAlert,
  NamespacePods,
  NodeHealth,
  ServiceHealth,
  Status,
  Tier,
} from "./cluster.ts";
import { FORGE_ROUTES } from "./forge-routes.ts";
import { FREEZE_ROUTES } from "./freeze-routes.ts";
import { GATE_POLICY_ROUTES } from "./gate-policy-routes.ts";
import { GATE_ROUTES } from "./gate-routes.ts";
import { INCIDENT_METRICS_ROUTES } from "./incident-metrics.ts";
import { INCIDENT_ROUTES } from "./incident-routes.ts";
import { LOG_ROUTES } from "./log-routes.ts";
import { measured } from "./measured.ts";
import { NOTIFICATION_ROUTES } from "./notification-routes.ts";
import { PanelLine, PanelsRequest } from "./panels.ts";
import { POSTMORTEM_ROUTES } from "./postmortems-routes.ts";
import { RUNBOOK_ROUTES } from "./runbook-routes.ts";
import { ACTION_ROUTES } from "./runbook-actions.ts";
import { RELEASE_ROUTES } from "./release-routes.ts";
import { SLO_CODE_ROUTES } from "./slo-code.ts";
import { SLO_ROUTES } from "./slo-routes.ts";
import { SLO_RULES_ROUTES } from "./slo-rules.ts";
import { STREAM_ROUTES } from "./stream.ts";

const name = z.string().min(1).max(253);
const search = z.string().max(200).optional();

export const ListServices = z.strictObject({
  q: search,
  node: name.optional(),
  status: Status.optional(),
  tier: Tier.optional(),
});
export type ListServices = z.infer<typeof ListServices>;
export const ListNodes = z.strictObject({ q: search, status: Status.optional() });
export type ListNodes = z.infer<typeof ListNodes>;
export const OneService = z.strictObject({ service: CatalogueName });
export type OneService = z.infer<typeof OneService>;
export const OneNode = z.strictObject({ node: name });
export type OneNode = z.infer<typeof OneNode>;
export const Nothing = z.strictObject({});

export const PatchService = z.strictObject({ ...OneService.shape, ...CataloguePatch.shape });
export type PatchService = z.infer<typeof PatchService>;

const check = z.object({ ok: z.boolean(), latencyMs: z.number().nullable(), error: z.string().optional() });
/** `status` is "unready" (503) only when the database is down; a missing source leaves its check not ok. */
export const Readiness = z.object({
  status: z.enum(["ready", "unready"]),
  checks: z.object({ database: check, prometheus: check, loki: check, alertmanager: check }),
});
export type Readiness = z.infer<typeof Readiness>;

/** A service with its golden signals and, where the catalogue knows it, its entry. */
const ServiceDetail = z.object({ service: ServiceHealth, catalogue: CatalogueService.nullable() });
const ClusterDetail = z.object({
  answer: ClusterAnswer,
  findings: z.array(Finding),
  pods: z.array(NamespacePods),
  alerts: z.array(FiringAlert),
});

/** Every address of the JSON API: the OpenAPI document is made of this, and a test holds it against the handlers. */
export const API_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/cluster",
    access: "measurements:read",
    summary: "How is the cluster: one sentence, findings, pods, alerts",
    input: Nothing,
    output: measured(ClusterDetail),
  },
  {
    method: "GET",
    path: "/api/v1/services",
    access: "measurements:read",
    summary: "All services with their golden signals, worst first",
    input: ListServices,
    output: measured(z.object({ services: z.array(ServiceHealth) })),
  },
  {
    method: "GET",
    path: "/api/v1/services/{service}",
    access: "measurements:read",
    summary: "One service with its golden signals and its catalogue entry",
    input: OneService,
    output: measured(ServiceDetail),
  },
  {
    method: "PATCH",
    path: "/api/v1/services/{service}",
    access: "catalogue:write",
    summary: "Edit a catalogue entry; a stale version answers 409 with the current entry",
    input: PatchService,
    output: CatalogueService,
  },
  {
    method: "GET",
    path: "/api/v1/nodes",
    access: "measurements:read",
    summary: "All nodes with their saturation, worst first",
    input: ListNodes,
    output: measured(z.object({ nodes: z.array(NodeHealth) })),
  },
  {
    method: "GET",
    path: "/api/v1/nodes/{node}",
    access: "measurements:read",
    summary: "One node",
    input: OneNode,
    output: measured(z.object({ node: NodeHealth })),
  },
  {
    method: "POST",
    path: "/api/v1/panels",
    access: "measurements:read",
    summary: "All panels of a page at once, streamed as NDJSON, a line per panel",
    input: PanelsRequest,
    output: PanelLine,
    contentType: "application/x-ndjson",
  },
  {
    method: "GET",
    path: "/api/health/live",
    access: "public",
    summary: "The process answers",
    input: Nothing,
    output: z.object({ status: z.literal("live") }),
  },
  {
    method: "GET",
    path: "/api/metrics",
    access: "operations:read",
    summary: "Burnline's own metrics, in Prometheus' text format",
    input: Nothing,
    output: z.string(),
    contentType: "text/plain",
  },
  {
    method: "GET",
    path: "/api/openapi.json",
    access: "public",
    summary: "This description",
    input: Nothing,
    output: z.record(z.string(), z.unknown()),
  },
  {
    method: "GET",
    path: "/api/health/ready",
    access: "public",
    summary: "What works: the database and each source; 503 only when the database is down",
    input: Nothing,
    output: Readiness,
  },
  ...ACCESS_ROUTES,
  ...ACTION_ROUTES,
  ...ALERT_ROUTES,
  ...RULE_ROUTES,
  ...ATTACHMENT_ROUTES,
  ...FORGE_ROUTES,
  ...FREEZE_ROUTES,
  ...GATE_POLICY_ROUTES,
  ...GATE_ROUTES,
  ...INCIDENT_METRICS_ROUTES,
  ...INCIDENT_ROUTES,
  ...LOG_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...POSTMORTEM_ROUTES,
  ...RUNBOOK_ROUTES,
  ...BOARD_ROUTES,
  ...RELEASE_ROUTES,
  ...SLO_ROUTES,
  ...SLO_CODE_ROUTES,
  ...SLO_RULES_ROUTES,
  ...STREAM_ROUTES,
];
