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
const SEALED_FOR = "idempotency/1";
const KEPT_MS = 24 * 3_600_000;
const FORGET_EVERY_MS = 3_600_000;

const Key = z.strictObject({
  [HEADER]: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 letters, digits and signs without blanks"),
});

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
    return JSON.parse(unseal(SEALED_FOR, before));
  }
  try {
    const answer = await work();
    await read((tx) => keepAnswer(tx, place, seal(SEALED_FOR, JSON.stringify(answer))));
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
