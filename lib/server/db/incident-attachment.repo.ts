import "server-only";
import { randomUUID } from "node:crypto";
import type { Transaction } from "./client.ts";

/** A file of a timeline. */
export interface AttachmentRecord {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Keeps a file, and answers its id. */
export async function addAttachment(
  tx: Transaction,
  file: AttachmentRecord & { incidentId: string; mediaType: string; actorId: string },
): Promise<string> {
  const id = randomUUID();
  await tx.incidentAttachment.create({ data: { ...file, id } });
  return id;
}

/** How many files the timeline of an incident has. */
export function countAttachments(tx: Transaction, incidentId: string): Promise<number> {
  return tx.incidentAttachment.count({ where: { incidentId } });
}

/** A file of the timeline of an incident; null when that has none of this id. */
export async function findAttachment(
  tx: Transaction,
  incidentId: string,
  id: string,
): Promise<AttachmentRecord | null> {
  return tx.incidentAttachment.findFirst({
    where: { id, incidentId },
    select: { name: true, bytes: true },
  });
}
