import "server-only";
import { ExportDecisions } from "#lib/contracts/decisions.ts";
import { canonicalJson } from "#lib/domain/audit/canonical-json.ts";
import { csvLine } from "#lib/domain/audit/csv.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { type DecisionsWanted, findDecisionsBetween, newestDecision } from "#lib/server/db/decision.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { fileAnswer } from "#lib/server/file-answer.ts";
import { hashedText, type StoredDecision } from "#lib/server/gate/record-hash.ts";
import type { Caller } from "#lib/server/handle.ts";
import { wantedBy } from "./wanted.ts";

/** As many as are held in memory at a time; a record may be large. */
const BATCH = 200;

const COLUMNS = [
  "seq",
  "at",
  "kind",
  "service",
  "releaseId",
  "actorId",
  "decision",
  "body",
  "previousHash",
  "hash",
] as const;

function asCsv({ at, body, ...record }: StoredDecision): string {
  const cells = { ...record, at: at.toISOString(), body: canonicalJson(body) };
  return csvLine(COLUMNS.map((column) => cells[column]));
}

/** `record` is the very text whose SHA-256 is `hash`. */
const asJsonLine = (record: StoredDecision) => `{"hash":"${record.hash}","record":${hashedText(record)}}\n`;

const FORMATS = {
  csv: { type: "text/csv; charset=utf-8", start: csvLine(COLUMNS), write: asCsv },
  jsonl: { type: "application/jsonl; charset=utf-8", start: "", write: asJsonLine },
} as const;

async function* fileParts(format: ExportDecisions["format"], wanted: DecisionsWanted, upTo: number) {
  const { start, write } = FORMATS[format];
  for (let after = 0; ;) {
    const found = await read((tx) => findDecisionsBetween(tx, wanted, { after, upTo, take: BATCH }));
    yield `${after === 0 ? start : ""}${found.map(write).join("")}`;
    if (found.length < BATCH) return;
    after = found.at(-1)?.seq ?? upTo;
  }
}

/**
 * The records that match and that the actor may see as a file, oldest first, up to the one that is newest now.
 * @throws `invalid`
 */
export async function exportDecisions(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "releases:read");
  const { format, ...filter } = parseInput(ExportDecisions, input);
  const wanted = await wantedBy(actor, filter);
  const parts = fileParts(format, wanted, await read(newestDecision));
  const day = new Date().toISOString().slice(0, 10);
  const name = `burnline-decisions-${day}.${format}`;
  return fileAnswer(parts, { type: FORMATS[format].type, name }, caller);
}
