import "server-only";
import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { SignInProblem } from "#lib/contracts/sign-in-problem.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { claimOnce } from "#lib/server/db/claim.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import type { OidcSettings } from "#lib/server/env-access.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { log } from "#lib/server/log.ts";
import { forgive } from "#lib/server/rate-limit/limit.ts";
import { callLibrary, forwardCookies, withOnlyCookie } from "#lib/server/services/account/library-call.ts";
import { recordRefusal, recordSignIn } from "#lib/server/services/account/record-sign-in.ts";
import { admit, PersonRefusal } from "./admit.ts";
import { askIssuer } from "./ask-issuer.ts";
import { callbackAddress } from "./begin.ts";
import { discoverIssuer, type Issuer } from "./discovery.ts";
import { type Identity, identityOf, needsUserinfo } from "./identity.ts";
import { endedCookie, type Pending, PENDING_SECONDS, readPending } from "./pending.ts";
import { SignInRefusal } from "./refusal.ts";
import { exchangeCode, verifyIdToken } from "./tokens.ts";

/** Keys and endpoints change rarely; unknown keys are looked up at once all the same. */
const REFRESH_MS = 10 * 60_000;

const Param = z.string().max(4_000).optional();
const Callback = z.object({ code: Param, state: Param, error: Param, error_description: Param, iss: Param });
type Callback = z.infer<typeof Callback>;

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The sign-in that this browser began and that the issuer answers, once. */
async function claimPending(answer: Callback, caller: Caller): Promise<Pending> {
  const pending = await readPending(caller.headers);
  if (!pending)
    throw new SignInRefusal("sign_in_lapsed", "no sign-in was begun in this browser, or it lapsed");
  if (answer.state === undefined || !same(answer.state, pending.state))
    throw new SignInRefusal("sign_in_lapsed", "the answer belongs to another sign-in (state)");
  if (!(await transaction((tx) => claimOnce(tx, `oidc ${pending.state}`, PENDING_SECONDS * 1000))))
    throw new SignInRefusal("sign_in_lapsed", "this sign-in was used already");
  return pending;
}

/** The code of an answer that came from this issuer (RFC 9207). */
function codeOf(answer: Callback, { document }: Issuer): string {
  const named = answer.iss !== undefined || document.authorization_response_iss_parameter_supported;
  if (named && answer.iss !== document.issuer)
    throw new SignInRefusal("not_verified", "the answer came from another issuer (iss)");
  if (answer.code !== undefined && answer.error === undefined) return answer.code;
  const words =
    [answer.error, answer.error_description].filter(Boolean).join(": ") || "neither code nor error";
  throw new SignInRefusal("issuer_refused", `the issuer answered ${words}`);
}

/** OpenID Connect Core 1.0, section 5.3. */
async function readUserinfo(
  address: string,
  accessToken: string,
  subject: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const { status, body } = await askIssuer(address, { headers, signal });
  const claims = z.record(z.string(), z.unknown()).safeParse(body);
  if (status !== 200 || !claims.success)
    throw new SignInRefusal("not_verified", `userinfo answered HTTP ${status} without claims`);
  if (claims.data["sub"] !== subject)
    throw new SignInRefusal("not_verified", "userinfo speaks of somebody else (sub)");
  return claims.data;
}

async function identify(
  issuer: Issuer,
  oidc: OidcSettings,
  code: string,
  { verifier, nonce }: Pending,
  signal: AbortSignal,
): Promise<Identity> {
  const wanted = { code, verifier, redirectUri: callbackAddress(), signal };
  const { idToken, accessToken } = await exchangeCode(issuer, oidc, wanted);
  const claims = await verifyIdToken(issuer, oidc, idToken, nonce);
  const { userinfo_endpoint: address } = issuer.document;
  const asks = address !== undefined && needsUserinfo(claims, oidc.groupsClaim);
  const userinfo = asks ? await readUserinfo(address, accessToken, claims.sub, signal) : {};
  const identity = identityOf(claims, userinfo, oidc);
  if (!identity) throw new SignInRefusal("no_email", `subject ${claims.sub}: no usable claim "email"`);
  return identity;
}

/** A session of its own for the person, whatever cookies came along, with the cookie in the answer. */
async function startSession(personId: string, caller: Caller): Promise<void> {
  const headers = withOnlyCookie(caller.headers, null);
  const answer = await callLibrary(
    auth().api.startVerifiedSession({ body: { personId }, headers, returnHeaders: true }),
  );
  if (answer.refused !== null) throw new PersonRefusal("disabled", answer.refused, personId);
  await recordSignIn(caller, { personId, token: answer.response.token, method: "oidc" });
  forwardCookies(answer.headers, caller);
}

/** Signs in and answers the path to go on to. */
async function complete(input: unknown, caller: Caller): Promise<string> {
  const { oidc } = settings().access;
  if (!oidc) throw new SignInRefusal("unavailable", "no sign-in service is configured");
  const parsed = Callback.safeParse(input);
  if (!parsed.success) throw new SignInRefusal("sign_in_lapsed", "the answer cannot be read");
  const pending = await claimPending(parsed.data, caller);
  try {
    const issuer = await discoverIssuer(oidc, REFRESH_MS, caller.signal);
    const code = codeOf(parsed.data, issuer);
    const identity = await identify(issuer, oidc, code, pending, caller.signal);
    const { issuer: name } = issuer.document;
    await startSession(await transaction((tx) => admit(tx, name, identity, caller)), caller);
    await forgive("signIn", caller.address, identity.email);
  } catch (error) {
    // Answers to sign-ins that nobody began are not put on record: anybody could fill the log with them.
    if (error instanceof SignInRefusal) {
      const personId = error instanceof PersonRefusal ? error.personId : null;
      await recordRefusal(caller, personId, "oidc", error.problem);
    }
    throw error;
  }
  return pending.next;
}

function problemOf(error: unknown, { requestId }: Caller): SignInProblem {
  if (error instanceof SignInRefusal) {
    log().warn({ requestId, problem: error.problem }, `sign-in refused: ${error.detail}`);
    return error.problem;
  }
  if (!(error instanceof AppError)) log().error({ err: error, requestId }, "sign-in failed");
  return "unavailable";
}

/**
 * Takes the browser that comes back from the issuer: with a session and on to where it wanted to go, or to the sign-in
 * page with the problem's code.
 */
export async function finishOidc(input: unknown, caller: Caller): Promise<Response> {
  const location = await complete(input, caller).catch(
    (error: unknown) => `/sign-in?problem=${problemOf(error, caller)}`,
  );
  const { answerHeaders: headers } = caller;
  headers.append("set-cookie", endedCookie());
  headers.set("location", location);
  headers.set("referrer-policy", "no-referrer");
  return new Response(null, { status: 303, headers });
}
