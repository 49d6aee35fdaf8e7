import "server-only";
import { SignIn, type SignInAnswer } from "#lib/contracts/access.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { read } from "#lib/server/db/client.ts";
import { findPersonIdByEmail } from "#lib/server/db/sign-in.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { forgive, limit } from "#lib/server/rate-limit/limit.ts";
import { callLibrary, forwardCookies, withOnlyCookie } from "./library-call.ts";
import { recordRefusal, recordSignIn } from "./record-sign-in.ts";

/**
 * Signs in with e-mail and password; with an authenticator set up it is only the first step. An account that
 * does not exist, is disabled or has no password is refused in the same words, after the same work.
 * @throws `unauthenticated`, `rate_limited`
 */
export async function signIn(input: unknown, caller: Caller): Promise<SignInAnswer> {
  const { email, password } = parseInput(SignIn, input);
  await limit("signIn", caller.address, email);
  const headers = withOnlyCookie(caller.headers, null);
  const call = auth().api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
  const answer = await callLibrary(call);
  if (answer.refused !== null) {
    await recordRefusal(caller, await read((tx) => findPersonIdByEmail(tx, email)), "password");
    throw new AppError("unauthenticated", "the e-mail or the password is wrong");
  }
  await forgive("signIn", caller.address, email);
  const waits = "twoFactorRedirect" in answer.response;
  if (!waits) {
    const { token, user } = answer.response;
    await recordSignIn(caller, { personId: user.id, token, method: "password" });
  }
  forwardCookies(answer.headers, caller);
  return { status: waits ? "second_factor" : "signed_in" };
}
