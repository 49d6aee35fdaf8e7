import "server-only";
import { SecondFactorCode, type SignInAnswer } from "#lib/contracts/access.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { claimOnce } from "#lib/server/db/claim.repo.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { findChallenged } from "#lib/server/db/sign-in.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { forgive, limit } from "#lib/server/rate-limit/limit.ts";
import { callLibrary, forwardCookies, withOnlyCookie } from "./library-call.ts";
import { recordRefusal, recordSignIn } from "./record-sign-in.ts";

const CHALLENGE_COOKIE = "burnline.two_factor";
/** An authenticator's code is taken one step of 30 s before and after its own. */
const CODE_LIFE_MS = 90_000;

const LOCKED = new Set(["ACCOUNT_TEMPORARILY_LOCKED", "TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"]);

/** Six digits as an app shows them, in groups or not; null for anything else, which may be a backup code. */
export function authenticatorCode(text: string): string | null {
  const digits = text.replace(/\s/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Whether an authenticator's code was not used before, by this person, on any replica, however long ago a restart. */
export function isCodeUnused(personId: string | null, digits: string): Promise<boolean> {
  return transaction((tx) => claimOnce(tx, `totp ${personId} ${digits}`, CODE_LIFE_MS));
}

/** Who is half signed in. Only for the record and the limits: the library checks the cookie's signature. */
async function challengedPerson(headers: Headers): Promise<string | null> {
  // Signed as `<challenge>.<signature>`; escapes can only be in the signature.
  const challenge = /^[^=]*=([\w-]+)\./.exec(headers.get("cookie") ?? "")?.[1];
  return challenge === undefined ? null : read((tx) => findChallenged(tx, challenge, new Date()));
}

function refusalOf(code: string): AppError {
  if (code === "INVALID_CODE" || code === "INVALID_BACKUP_CODE") {
    const message = "this code is wrong or was used before";
    return new AppError("unauthenticated", message, { fields: [{ path: "code", message }] });
  }
  return new AppError(
    "unauthenticated",
    LOCKED.has(code)
      ? "too many wrong codes; wait 15 minutes and sign in again"
      : "this took too long; sign in again with your password",
  );
}

/**
 * The second step of signing in: a code of the authenticator, each good for once, or a backup code.
 * @throws `unauthenticated` naming `code` when another one may be tried, without a field when the first step
 * must be taken again; `rate_limited`
 */
export async function signInWithSecondFactor(input: unknown, caller: Caller): Promise<SignInAnswer> {
  const { code } = parseInput(SecondFactorCode, input);
  const headers = withOnlyCookie(caller.headers, CHALLENGE_COOKIE);
  const challenged = await challengedPerson(headers);
  await limit("secondFactor", caller.address, challenged ?? undefined);
  const digits = authenticatorCode(code);
  const { api } = auth();
  const call = () =>
    digits === null
      ? api.verifyBackupCode({ body: { code }, headers, returnHeaders: true })
      : api.verifyTOTP({ body: { code: digits }, headers, returnHeaders: true });
  const replayed = digits !== null && !(await isCodeUnused(challenged, digits));
  const answer = replayed ? { refused: "INVALID_CODE" } : await callLibrary(call());
  if (answer.refused !== null) {
    await recordRefusal(caller, challenged, "second_factor");
    throw refusalOf(answer.refused);
  }
  const { token, user } = answer.response;
  if (!token) throw new Error("the library answered a second factor without a session");
  const method = digits === null ? "backup_code" : "authenticator";
  await recordSignIn(caller, { personId: user.id, token, method });
  await forgive("secondFactor", caller.address, user.id);
  forwardCookies(answer.headers, caller);
  return { status: "signed_in" };
}
