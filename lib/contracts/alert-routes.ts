import { z } from "zod";
import { AlertHistory, AlertList, ListAlerts, OneAlert } from "./alerts.ts";
import type { ApiRoute } from "./api-route.ts";
import { measured } from "./measured.ts";
import * as silences from "./silences.ts";

export const SilenceAnswer = z.object({ silence: silences.Silence });
export const AlertsAnswer = measured(AlertList);
export const AlertHistoryAnswer = z.object({ alert: AlertHistory });
export const SilencesAnswer = measured(z.object({ silences: z.array(silences.Silence) }));

/** The addresses of alerts and of what keeps them quiet. */
export const ALERT_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/api/v1/alerts",
    access: "alerts:read",
    summary: "Alerts: firing, acknowledged, suppressed (and by what), pending",
    input: ListAlerts,
    output: AlertsAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/alerts/{fingerprint}",
    access: "alerts:read",
    summary: "What one alert did over the last 30 days",
    input: OneAlert,
    output: AlertHistoryAnswer,
  },
  {
    method: "GET",
    path: "/api/v1/silences",
    access: "alerts:read",
    summary:
      "Silences that last or are to come, those that end first on top; with expired=true also past ones",
    input: silences.ListSilences,
    output: SilencesAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/silences",
    access: "alerts:silence",
    summary: "Silence alerts; the matchers of whoever is confined are added",
    input: silences.CreateSilence,
    output: SilenceAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/silences/preview",
    access: "alerts:silence",
    summary: "Which firing alerts a silence would keep quiet",
    input: silences.PreviewSilence,
    output: silences.SilencePreview,
  },
  {
    method: "PATCH",
    path: "/api/v1/silences/{id}",
    access: "alerts:silence",
    summary: "Give a silence another end",
    input: silences.ExtendSilence,
    output: SilenceAnswer,
  },
  {
    method: "DELETE",
    path: "/api/v1/silences/{id}",
    access: "alerts:silence",
    summary: "End a silence now",
    input: silences.OneSilence,
    output: SilenceAnswer,
  },
];
