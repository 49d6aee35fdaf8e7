import "server-only";
import { z } from "zod";
import { Sections } from "#lib/contracts/postmortems.ts";
import { storable } from "#lib/domain/audit/canonical-json.ts";
import type { Transaction } from "./client.ts";

const Document = z.object({ sections: Sections, ready: z.boolean() });
type Document = z.infer<typeof Document>;

/** A post-mortem as it was saved. */
export interface PostmortemRecord extends Document {
  incidentId: string;
  version: number;
  actorId: string;
  at: Date;
  publishedAt: Date | null;
}

/** All versions of a post-mortem, the newest first. */
export async function findPostmortems(tx: Transaction, incidentId: string): Promise<PostmortemRecord[]> {
  const rows = await tx.postmortemVersion.findMany({ where: { incidentId }, orderBy: { version: "desc" } });
  return rows.map(({ document, ...row }) => ({ ...row, ...Document.parse(document) }));
}

/** Adds a version; the caller holds the incident's lock. */
export async function addPostmortem(
  tx: Transaction,
  { sections, ready, ...row }: Omit<PostmortemRecord, "publishedAt">,
): Promise<void> {
  const document = storable({ sections, ready }) as Document;
  await tx.postmortemVersion.create({ data: { ...row, document } });
}

/** Marks a version as published. */
export async function markPublished(
  tx: Transaction,
  incidentId: string,
  version: number,
  at: Date,
): Promise<void> {
  await tx.postmortemVersion.update({
    where: { incidentId_version: { incidentId, version } },
    data: { publishedAt: at },
  });
}
