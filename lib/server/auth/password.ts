import "server-only";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { bulkhead, isBulkheadRejectedError } from "cockatiel";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";
import { type Cost, hasher } from "./hasher.ts";

/** N = 2^15 with r = 8 takes 32 MiB and 110 to 190 ms of one core. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** Two at the lowest priority keep up with five a second on a slow core; past this queue one is told to wait. */
const AT_ONCE = 2;
const WAITING = 20;
const BUSY_RETRY_S = 5;

const FORMAT = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

function gate() {
  return singleton("password.gate", () => bulkhead(AT_ONCE, WAITING));
}

async function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const work = {
    password: password.normalize("NFKC"),
    salt: salt.toString("base64url"),
    keyBytes: KEY_BYTES,
    cost,
  };
  try {
    return await gate().execute(() => hasher().derive(work));
  } catch (error) {
    // By its mark: the gate may be of another bundle's copy of the class.
    if (isBulkheadRejectedError(error))
      throw new AppError("rate_limited", "too many people sign in at this moment; try again in 5 s", {
        retryAfterSeconds: BUSY_RETRY_S,
      });
    throw error;
  }
}

/** A salted scrypt hash that names its own cost. @throws `rate_limited` when too many wait for one. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Compares in constant time; a hash of another form never matches. @throws `rate_limited` as above. */
export async function verifyPassword(input: { hash: string; password: string }): Promise<boolean> {
  const parts = FORMAT.exec(input.hash);
  if (!parts) return false;
  const [N, r, p] = parts.slice(1, 4).map(Number) as [number, number, number];
  const expected = Buffer.from(parts[5]!, "base64url");
  const key = await derive(input.password, Buffer.from(parts[4]!, "base64url"), { N, r, p });
  return expected.length === key.length && timingSafeEqual(expected, key);
}
