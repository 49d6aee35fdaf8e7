import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, storable } from "#lib/domain/audit/canonical-json.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import { forgetKeys, giveBackKey, keepAnswer, takeKey } from "#lib/server/db/idempotency-key.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { seal, unseal } from "#lib/server/secrets/seal.ts";

const HEADER = "idempotency-key";
const REPLAYED_HEADER = "idempotency-replayed";
const SEALED_FOR = "idempotency/2";
const KEPT_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

const Key = z.strictObject({
  [HEADER]: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 letters, digits and signs without blanks"),
});

/** An answer as it is kept; one that the verb wrote itself with its status and headers, which JSON alone would lose. */
type KeptAnswer =
  { json: unknown } | { response: { status: number; headers: [string, string][]; body: string } };

async function toKept(answer: unknown): Promise<KeptAnswer> {
  if (!(answer instanceof Response)) return { json: answer };
  const { status, headers } = answer;
  return { response: { status, headers: [...headers], body: await answer.clone().text() } };
}

function fromKept(kept: KeptAnswer): unknown {
  if (!("response" in kept)) return kept.json;
  const { status, headers, body } = kept.response;
  return new Response(body, { status, headers: [...headers, [REPLAYED_HEADER, "true"]] });
}

function requestHash({ method, url }: Request, input: unknown): string {
  const said = [method, new URL(url).pathname, canonicalJson(storable(input))];
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}

async function isTaken(place: { actorId: string; key: string }, request: string): Promise<string | null> {
  const kept = await read((tx) => takeKey(tx, place, request));
  if (!kept) return null;
  if (kept.request !== request)
    throw new AppError("invalid", `${HEADER}: was used for another request already`, {
      fields: [{ path: HEADER, message: "was used for another request already" }],
    });
  if (kept.answer === null)
    throw new AppError(
      "conflict",
      "a request with this key has not been answered; it is under way, or nobody knows whether it went through: look before you send it under another key",
    );
  return kept.answer;
}

/**
 * Does a write once for each `Idempotency-Key` of an actor: a repetition within a day gets the first one's answer. A
 * request that fails gives its key back. Without the header, and for reads, the work is simply done.
 * @throws `invalid` when the key was used for something else, `conflict` while the first request is under way
 */
export async function once(
  actor: Actor,
  request: Request,
  input: unknown,
  answerHeaders: Headers,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const given = request.headers.get(HEADER);
  if (given === null || request.method === "GET" || request.method === "HEAD") return work();
  const { [HEADER]: key } = parseInput(Key, { [HEADER]: given });
  const place = { actorId: actor.tokenId ?? actor.id, key };
  const before = await isTaken(place, requestHash(request, input));
  if (before !== null) {
    answerHeaders.set(REPLAYED_HEADER, "true");
    return fromKept(JSON.parse(unseal(SEALED_FOR, before)) as KeptAnswer);
  }
  try {
    const answer = await work();
    const kept = JSON.stringify(await toKept(answer));
    await read((tx) => keepAnswer(tx, place, seal(SEALED_FOR, kept)));
    return answer;
  } catch (error) {
    await read((tx) => giveBackKey(tx, place));
    throw error;
  }
}

/** The job that forgets what nobody will repeat any more. */
export function forgetKeysJob(): Job {
  const run = async () => {
    await read((tx) => forgetKeys(tx, new Date(Date.now() - KEPT_MS)));
    return FORGET_EVERY_MS;
  };
  return { name: "idempotency keys", run, retryMs: FORGET_EVERY_MS };
}
