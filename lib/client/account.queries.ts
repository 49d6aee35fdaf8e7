import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { OidcStart, SecondFactorStart, SetUp, SignInAnswer } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { fetchJson } from "./fetch-json.ts";

const asDone = async () => (await import("#lib/contracts/access-routes.ts")).Done;
const asOidcStart = async () => (await import("#lib/contracts/access.ts")).OidcStart;
const asSecondFactorStart = async () => (await import("#lib/contracts/access.ts")).SecondFactorStart;
const asSessionsAnswer = async () => (await import("#lib/contracts/access-routes.ts")).SessionsAnswer;
const asSignInAnswer = async () => (await import("#lib/contracts/access.ts")).SignInAnswer;

const SESSIONS = "/api/v1/account/sessions";
const FACTOR = "/api/v1/account/second-factor";

function post<T extends z.ZodType>(
  output: () => Promise<T>,
  path: string,
  body: object,
): Promise<z.infer<T>> {
  return fetchJson(output, path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The first step of signing in; "second_factor" asks for the other one. Throws a ProblemError. */
export function signIn(email: string, password: string): Promise<SignInAnswer> {
  return post(asSignInAnswer, "/api/v1/session", { email, password });
}

/**
 * The second step of signing in. Throws a ProblemError: one that names `code` asks for another code, every
 * other `unauthenticated` one for the first step again.
 */
export function signInWithCode(code: string): Promise<SignInAnswer> {
  return post(asSignInAnswer, "/api/v1/session/second-factor", { code });
}

/** Where the issuer signs people in; `next` is a path of ours to come back to. Throws a ProblemError. */
export function startOidc(next: string): Promise<z.infer<typeof OidcStart>> {
  return post(asOidcStart, "/api/v1/session/oidc", { next });
}

/** Makes the first administrator and signs them in. Throws a ProblemError. */
export function setUp(values: z.infer<typeof SetUp>): Promise<SignInAnswer> {
  return post(asSignInAnswer, "/api/v1/setup", values);
}

/** Changes one's password; all other sessions end. Throws a ProblemError. */
export function changePassword(current: string, next: string): Promise<Done> {
  return post(asDone, "/api/v1/account/password", { current, next });
}

/** Begins to set up an authenticator. Throws a ProblemError. */
export function startSecondFactor(password: string): Promise<SecondFactorStart> {
  return post(asSecondFactorStart, FACTOR, { password });
}

/** Finishes setting up an authenticator with its first code. Throws a ProblemError. */
export function confirmSecondFactor(code: string): Promise<Done> {
  return post(asDone, `${FACTOR}/confirm`, { code });
}

/** Signs in without an authenticator again. Throws a ProblemError. */
export function removeSecondFactor(password: string): Promise<Done> {
  return post(asDone, `${FACTOR}/remove`, { password });
}

/** One's own sessions. */
export const ownSessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: ({ signal }) => fetchJson(asSessionsAnswer, SESSIONS, { signal }),
});

/** Ends one of one's sessions. Throws a ProblemError. */
export function endOwnSession(id: string): Promise<Done> {
  return fetchJson(asDone, `${SESSIONS}/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** Signs out everywhere, here too. Throws a ProblemError. */
export function endOwnSessions(): Promise<Done> {
  return fetchJson(asDone, SESSIONS, { method: "DELETE" });
}
