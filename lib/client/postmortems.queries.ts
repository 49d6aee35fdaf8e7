import { queryOptions } from "@tanstack/react-query";
import type {
  ActionItem,
  CreateActionItem,
  PatchActionItem,
} from "#lib/contracts/postmortems-action-items.ts";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import type { Sections } from "#lib/domain/postmortems/sections.ts";
import { fetchJson } from "./fetch-json.ts";

const asActionItem = async () => (await import("#lib/contracts/postmortems-action-items.ts")).ActionItem;
const asActionItemsAnswer = async () =>
  (await import("#lib/contracts/postmortems-routes.ts")).ActionItemsAnswer;
const asPostmortemAnswer = async () =>
  (await import("#lib/contracts/postmortems-routes.ts")).PostmortemAnswer;

const ITEMS_PATH = "/api/v1/action-items";
/** The first part of the key of post-mortems, and of action items. */
export const POSTMORTEMS_KEY = "postmortems";
export const ACTION_ITEMS_KEY = "action-items";
/** Others write at the same time: what they saved is shown before anybody writes for long on an old text. */
const LOOK_MS = 15_000;

export type ActionItems = { actionItems: ActionItem[] };

/** The address of an incident's post-mortem; with an ending that of an export. */
export function postmortemPath(id: string, ending: "" | ".md" | ".html" = ""): string {
  return `/api/v1/incidents/${encodeURIComponent(id)}/postmortem${ending}`;
}

const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The post-mortem of an incident, or the draft of it. */
export function postmortemQuery(id: string) {
  return queryOptions({
    queryKey: [POSTMORTEMS_KEY, id],
    staleTime: LOOK_MS,
    refetchInterval: LOOK_MS,
    queryFn: async ({ signal }) =>
      (await fetchJson(asPostmortemAnswer, postmortemPath(id), { signal })).postmortem,
  });
}

const send = async (url: string, method: string, body: object) =>
  (await fetchJson(asPostmortemAnswer, url, withBody(method, body))).postmortem;

/** Saves a new version. Throws a ProblemError: `conflict` carries the post-mortem as it is now. */
export function savePostmortem(
  id: string,
  edit: { version: number; sections: Sections; ready: boolean },
): Promise<Postmortem> {
  return send(postmortemPath(id), "PUT", edit);
}

/** Publishes the newest version and closes the incident. Throws a ProblemError. */
export function publishPostmortem(id: string, version: number): Promise<Postmortem> {
  return send(`${postmortemPath(id)}/publish`, "POST", { version });
}

/** Closes the incident without a post-mortem. Throws a ProblemError. */
export function waivePostmortem(id: string, reason: string): Promise<Postmortem> {
  return send(`${postmortemPath(id)}/waive`, "POST", { reason });
}

/** What is to be done after all incidents, open ones first. */
export function actionItemsQuery() {
  return queryOptions({
    queryKey: [ACTION_ITEMS_KEY],
    staleTime: LOOK_MS,
    queryFn: ({ signal }) => fetchJson(asActionItemsAnswer, ITEMS_PATH, { signal }),
  });
}

/** Adds an action item. Throws a ProblemError. */
export function createActionItem(item: CreateActionItem): Promise<ActionItem> {
  return fetchJson(asActionItem, ITEMS_PATH, withBody("POST", item));
}

/** Changes an action item. Throws a ProblemError: `conflict` carries it as it is now. */
export function patchActionItem({ item, ...change }: PatchActionItem): Promise<ActionItem> {
  return fetchJson(asActionItem, `${ITEMS_PATH}/${encodeURIComponent(item)}`, withBody("PATCH", change));
}
