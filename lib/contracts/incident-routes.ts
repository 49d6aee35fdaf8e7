import { z } from "zod";
import { Delivered } from "./alert-delivery.ts";
import type { ApiRoute } from "./api-route.ts";
import * as incidents from "./incidents.ts";

export const IncidentAnswer = z.object({ incident: incidents.IncidentDetail });

/** The addresses of incidents and of what opens them. */
export const INCIDENT_ROUTES: readonly ApiRoute[] = [
  {
    method: "POST",
    path: "/api/webhooks/alertmanager",
    access: "alerts:deliver",
    summary: "Alertmanager's webhook, version 4: kept as it came, taken in right after",
    input: z.record(z.string(), z.unknown()),
    output: Delivered,
  },
  {
    method: "GET",
    path: "/api/v1/incidents",
    access: "incidents:read",
    summary: "Incidents, open ones first, the gravest of them on top",
    input: incidents.ListIncidents,
    output: incidents.IncidentPage,
  },
  {
    method: "POST",
    path: "/api/v1/incidents",
    access: "incidents:write",
    summary: "Open an incident by hand",
    input: incidents.CreateIncident,
    output: IncidentAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/incidents/{id}",
    access: "incidents:read",
    summary: "One incident with its alerts, SLOs and durations",
    input: incidents.OneIncident,
    output: IncidentAnswer,
  },
  {
    method: "PATCH",
    path: "/api/v1/incidents/{id}",
    access: "incidents:write",
    summary: "Change title, severity, roles or times; a stale version answers 409 with the current state",
    input: incidents.PatchIncident,
    output: IncidentAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/incidents/{id}/transitions",
    access: "incidents:write",
    summary: "Acknowledge, begin to mitigate, mitigate, resolve, reopen, close",
    input: incidents.TransitIncident,
    output: IncidentAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/incidents/{id}/merge",
    access: "incidents:write",
    summary: "Make an incident part of another: its alerts and those to come belong to that one",
    input: incidents.MergeIncident,
    output: IncidentAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/incidents/{id}/events",
    access: "incidents:read",
    summary: "The timeline of an incident, or what is new of it",
    input: incidents.ListEvents,
    output: incidents.Timeline,
  },
  {
    method: "POST",
    path: "/api/v1/incidents/{id}/events",
    access: "incidents:write",
    summary: "Write on the timeline: a note, a chart as it is now, log lines",
    input: incidents.WriteEvent,
    output: incidents.TimelineEntry,
  },
  {
    method: "PATCH",
    path: "/api/v1/incidents/{id}/events/{seq}",
    access: "incidents:write",
    summary: "Edit or pin an entry; what it said before is kept, a stale revision answers 409",
    input: incidents.EditEvent,
    output: incidents.TimelineEntry,
  },
];
