import "server-only";
import { OneAttachment } from "#lib/contracts/attachments.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findAttachment } from "#lib/server/db/incident-attachment.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireIncident } from "../visibility.ts";

/** A file name for a header (RFC 6266): plain for old clients, as it is for all others. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w. -]/g, "_");
  const exact = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/**
 * A file of a timeline, as a download and nothing else: whatever somebody called it, no browser shows it as a page of
 * ours. @throws `not_found`
 */
export async function downloadAttachment(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "incidents:read");
  const { id, attachment } = parseInput(OneAttachment, input);
  const file = await read(async (tx) => {
    await requireIncident(tx, id, actor);
    return findAttachment(tx, id, attachment);
  });
  if (!file)
    throw new AppError("not_found", `the timeline of ${id} has no file ${JSON.stringify(attachment)}`);
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", "application/octet-stream");
  headers.set("content-disposition", disposition(file.name));
  headers.set("content-length", String(file.bytes.byteLength));
  headers.set("x-content-type-options", "nosniff");
  headers.set("content-security-policy", "sandbox; default-src 'none'");
  return new Response(file.bytes, { headers });
}
