import { z } from "zod";
import type { ApiRoute } from "./api-route.ts";
import * as items from "./postmortems-action-items.ts";
import * as postmortems from "./postmortems.ts";

export const PostmortemAnswer = z.object({ postmortem: postmortems.Postmortem });
const PATH = "/api/v1/incidents/{id}/postmortem";
export const ActionItemsAnswer = z.object({ actionItems: z.array(items.ActionItem) });

/** The addresses of post-mortems and of what is to be done after an incident. */
export const POSTMORTEM_ROUTES: readonly ApiRoute[] = [
  {
    method: "GET",
    path: PATH,
    access: "incidents:read",
    summary: "The post-mortem of an incident, or a draft of it filled from the facts",
    input: postmortems.ReadPostmortem,
    output: PostmortemAnswer,
  },
  {
    method: "PUT",
    path: PATH,
    access: "incidents:write",
    summary: "Save a post-mortem in a new version; a stale one answers 409 with the current text",
    input: postmortems.SavePostmortem,
    output: PostmortemAnswer,
  },
  {
    method: "POST",
    path: `${PATH}/publish`,
    access: "incidents:write",
    summary: "Publish the newest version and close the incident: as the second person, or as an admin",
    input: postmortems.PublishPostmortem,
    output: PostmortemAnswer,
  },
  {
    method: "POST",
    path: `${PATH}/waive`,
    access: "incidents:write",
    summary: "Close the incident without a post-mortem, with a reason; where one is required, as an admin",
    input: postmortems.WaivePostmortem,
    output: PostmortemAnswer,
  },
  {
    method: "GET",
    path: `${PATH}.md`,
    access: "incidents:read",
    summary: "The post-mortem as Markdown",
    input: postmortems.ExportPostmortem,
    output: z.string(),
    contentType: "text/markdown",
  },
  {
    method: "GET",
    path: `${PATH}.html`,
    access: "incidents:read",
    summary: "The post-mortem as a page to print",
    input: postmortems.ExportPostmortem,
    output: z.string(),
    contentType: "text/html",
  },
  {
    method: "GET",
    path: "/api/v1/action-items",
    access: "incidents:read",
    summary: "What is to be done after incidents, overdue first",
    input: items.ListActionItems,
    output: ActionItemsAnswer,
  },
  {
    method: "POST",
    path: "/api/v1/action-items",
    access: "incidents:write",
    summary: "Add an action item to an incident",
    input: items.CreateActionItem,
    output: items.ActionItem,
  },
  {
    method: "PATCH",
    path: "/api/v1/action-items/{item}",
    access: "incidents:write",
    summary: "Change an action item, or mark it done; a stale version answers 409 with the current state",
    input: items.PatchActionItem,
    output: items.ActionItem,
  },
];
