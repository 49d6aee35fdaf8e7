import "server-only";
import { ExportPostmortem, type Postmortem } from "#lib/contracts/postmortems.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { getPostmortem } from "./get.ts";
import { writeHtml } from "./write-html.ts";
import { writeMarkdown } from "./write-markdown.ts";

async function exported(actor: Actor, input: unknown): Promise<Postmortem> {
  authorize(actor, "incidents:read");
  const { id } = parseInput(ExportPostmortem, input);
  return (await getPostmortem(actor, { id })).postmortem;
}

/** The post-mortem of an incident as a Markdown file. @throws `not_found` */
export async function exportMarkdown(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  const postmortem = await exported(actor, input);
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", "text/markdown; charset=utf-8");
  headers.set("content-disposition", `attachment; filename="${postmortem.incident.id}.md"`);
  return new Response(writeMarkdown(postmortem), { headers });
}

/** The same as a page that browsers show and print; the listener's policy for it lets it run and load nothing. @throws `not_found` */
export async function exportHtml(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  const postmortem = await exported(actor, input);
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", "text/html; charset=utf-8");
  headers.set("content-disposition", `inline; filename="${postmortem.incident.id}.html"`);
  return new Response(writeHtml(postmortem), { headers });
}
