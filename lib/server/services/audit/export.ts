import "server-only";
import { type AuditEntry, ExportAudit } from "#lib/contracts/audit.ts";
import { csvLine } from "#lib/domain/audit/csv.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type AuditWanted, findNamedRecords, newestAudit } from "#lib/server/db/audit.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { fileAnswer } from "#lib/server/file-answer.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toAuditEntry, wantedBy } from "./entry.ts";

/** As many as are held in memory at a time. */
const BATCH = 500;

const COLUMNS = [
  "seq",
  "at",
  "actorId",
  "actorName",
  "actorKind",
  "tokenId",
  "action",
  "resourceType",
  "resourceId",
  "before",
  "after",
  "requestId",
  "address",
  "previousHash",
  "hash",
] as const satisfies readonly (keyof AuditEntry)[];

function cell(value: unknown): string | number | null {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  return JSON.stringify(value);
}

const asCsvLine = (entry: AuditEntry) => csvLine(COLUMNS.map((column) => cell(entry[column])));

/** The parts of a file around and between its records. */
const FORMATS = {
  csv: { type: "text/csv; charset=utf-8", start: csvLine(COLUMNS), between: "", end: "", write: asCsvLine },
  json: {
    type: "application/json",
    start: "[\n",
    between: ",\n",
    end: "\n]\n",
    write: (entry: AuditEntry) => JSON.stringify(entry),
  },
} as const;

/** The file in parts, each of one batch; the first is there at once, so that a refusal can still be answered. */
async function* fileParts(format: keyof typeof FORMATS, wanted: AuditWanted, upTo: number) {
  const { start, between, end, write } = FORMATS[format];
  let after = 0;
  let lead = start;
  for (;;) {
    const found = await read((tx) => findNamedRecords(tx, wanted, { after, upTo }, BATCH));
    const last = found.length < BATCH;
    const text = found.map((record) => write(toAuditEntry(record))).join(between);
    // Whether the batch before was the last one is only known now: nothing may stand between it and the end.
    yield `${found.length === 0 && after > 0 ? "" : lead}${text}${last ? end : ""}`;
    if (last) return;
    after = found.at(-1)?.seq ?? upTo;
    lead = between;
  }
}

/** Records that match as a file, oldest first, written as it is read: a long log needs no more memory. */
export async function exportAudit(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "audit:read");
  const { format, ...filter } = parseInput(ExportAudit, input);
  const newest = await read(newestAudit);
  const parts = fileParts(format, wantedBy(filter), newest?.seq ?? 0);
  const day = new Date().toISOString().slice(0, 10);
  const { type } = FORMATS[format];
  return fileAnswer(parts, { type, name: `burnline-audit-${day}.${format}` }, caller);
}
