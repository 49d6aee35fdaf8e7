import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AlertList, ListAlerts } from "#lib/contracts/alerts.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { fetchJson } from "./fetch-json.ts";

const asAlertHistoryAnswer = async () => (await import("#lib/contracts/alert-routes.ts")).AlertHistoryAnswer;
const asAlertsAnswer = async () => (await import("#lib/contracts/alert-routes.ts")).AlertsAnswer;

const PATH = "/api/v1/alerts";
/** The first part of the key of all that a tick of the alerts' pages asks for again. */
export const ALERTS_KEY = "alerts";
const FRESH_MS = 10_000;

export type AlertListAnswer = Measured<AlertList>;

/** Alerts that match a filter, those that want somebody first. */
export function alertsQuery(filter: ListAlerts) {
  const given = Object.entries(filter).filter(([, value]) => Boolean(value));
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return queryOptions({
    queryKey: [ALERTS_KEY, "list", query],
    staleTime: FRESH_MS,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchJson(asAlertsAnswer, query === "" ? PATH : `${PATH}?${query}`, { signal }),
  });
}

/** What one alert did over the last 30 days. */
export function alertHistoryQuery(fingerprint: string) {
  return queryOptions({
    queryKey: [ALERTS_KEY, "history", fingerprint],
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) =>
      (
        await fetchJson(asAlertHistoryAnswer, `${PATH}/${encodeURIComponent(fingerprint)}`, {
          signal,
        })
      ).alert,
  });
}
