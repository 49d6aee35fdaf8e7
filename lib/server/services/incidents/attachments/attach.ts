import "server-only";
import { AttachFile } from "#lib/contracts/attachments.ts";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { MAX_ATTACHMENT_BYTES } from "#lib/domain/incidents/attachment.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { addAttachment, countAttachments } from "#lib/server/db/incident-attachment.repo.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { happenedAt, requireEntry } from "../timeline/write.ts";
import { requireIncident, requireOwnCourse } from "../visibility.ts";
import { FileBody, readFile } from "./file-body.ts";

/** A timeline is no file server. */
const MAX_FILES = 100;

const Upload = FileBody.extend(AttachFile.shape).strict();

async function refuseTooMany(tx: Transaction, incidentId: string): Promise<void> {
  if ((await countAttachments(tx, incidentId)) >= MAX_FILES)
    throw new AppError("invalid", `a timeline may have ${MAX_FILES} files; this one has them`);
}

/** Puts a file on the timeline of an incident. @throws `not_found`, `invalid`, `too_large` */
export async function attachFile(actor: Actor, input: unknown, caller: Caller): Promise<TimelineEntry> {
  authorize(actor, "incidents:write");
  const { id, name, at, ...body } = parseInput(Upload, input);
  const when = happenedAt(at);
  // Nobody's megabytes are read for an incident that is not there.
  await read((tx) => requireIncident(tx, id, actor));
  const bytes = await readFile(body, MAX_ATTACHMENT_BYTES);
  if (bytes.byteLength === 0) throw new AppError("invalid", "the file is empty");
  return transaction(async (tx) => {
    await requireOwnCourse(tx, id, actor);
    await refuseTooMany(tx, id);
    const { mediaType } = body;
    const attachmentId = await addAttachment(tx, {
      incidentId: id,
      name,
      mediaType,
      bytes,
      actorId: actor.id,
    });
    const fact = { kind: "attachment", attachmentId, name, bytes: bytes.byteLength } as const;
    const [seq = 0n] = await appendEvents(tx, [{ incidentId: id, at: when, actorId: actor.id, body: fact }]);
    const entry = await requireEntry(tx, id, seq);
    await recordAudit(tx, actor, caller, {
      action: "incident.file_attached",
      resource: { type: "incident", id },
      after: { attachment: attachmentId, bytes: bytes.byteLength },
    });
    return entry;
  });
}
