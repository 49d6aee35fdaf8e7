import "server-only";
import { ConfirmPassword, SecondFactorCode, type SecondFactorStart } from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { findPerson } from "#lib/server/db/person.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { forgive, limit } from "#lib/server/rate-limit/limit.ts";
import { confirmPassword } from "./confirm-password.ts";
import { callLibrary, forwardCookies } from "./library-call.ts";
import { authenticatorCode, isCodeUnused } from "./second-factor-sign-in.ts";

async function checkSecondFactor(actor: Actor, expected: boolean): Promise<void> {
  const person = await read((tx) => findPerson(tx, actor.id));
  if ((person?.twoFactorEnabled ?? false) === expected) return;
  throw new AppError(
    "conflict",
    expected ? "there is no authenticator" : "an authenticator is set up already",
  );
}

async function record(actor: Actor, caller: Caller, action: string): Promise<void> {
  const resource = { type: "person", id: actor.id };
  await transaction((tx) => recordAudit(tx, actor, caller, { action, resource }));
}

/**
 * Begins to set up an authenticator: what it reads as a QR code, and the backup codes, shown this once. Nothing
 * changes for signing in until {@link confirmSecondFactor}.
 * @throws `invalid` naming `password`, `conflict` when one is set up, `rate_limited`
 */
export async function startSecondFactor(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<SecondFactorStart> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  const { password } = parseInput(ConfirmPassword, input);
  await checkSecondFactor(actor, false);
  await confirmPassword(actor, password, caller, "password");
  const { headers } = caller;
  const call = auth().api.enableTwoFactor({ body: { password }, headers, returnHeaders: true });
  const answer = await callLibrary(call);
  if (answer.refused !== null || answer.response.method !== "totp")
    throw new AppError("conflict", "an authenticator cannot be set up now; sign in again");
  await record(actor, caller, "second_factor.started");
  return { uri: answer.response.totpURI, backupCodes: answer.response.backupCodes };
}

/**
 * Asks for the authenticator from now on, once its first code is right. The session's token changes.
 * @throws `invalid` naming `code`, `conflict` when one is set up or none was begun, `rate_limited`
 */
export async function confirmSecondFactor(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  const { code: typed } = parseInput(SecondFactorCode, input);
  await limit("secondFactor", caller.address, actor.id);
  await checkSecondFactor(actor, false);
  const code = authenticatorCode(typed) ?? "";
  const { headers } = caller;
  const answer = await callLibrary(auth().api.verifyTOTP({ body: { code }, headers, returnHeaders: true }));
  if (answer.refused === "TOTP_NOT_ENABLED")
    throw new AppError("conflict", "no authenticator is being set up; begin again");
  if (answer.refused !== null) {
    const message = "this is not the authenticator's code of this moment";
    throw new AppError("invalid", message, { fields: [{ path: "code", message }] });
  }
  await isCodeUnused(actor.id, code);
  await forgive("secondFactor", caller.address, actor.id);
  await record(actor, caller, "second_factor.added");
  forwardCookies(answer.headers, caller);
  return { done: true };
}

/**
 * Signs in without an authenticator again. The session's token changes.
 * @throws `invalid` naming `password`, `conflict` when there is none, `rate_limited`
 */
export async function removeSecondFactor(actor: Actor, input: unknown, caller: Caller): Promise<Done> {
  authorize(actor, "account:manage", { ownerId: actor.id });
  const { password } = parseInput(ConfirmPassword, input);
  await checkSecondFactor(actor, true);
  await confirmPassword(actor, password, caller, "password");
  const { headers } = caller;
  const answer = await callLibrary(
    auth().api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
  );
  if (answer.refused !== null) throw new AppError("conflict", "the authenticator cannot be removed now");
  await record(actor, caller, "second_factor.removed");
  forwardCookies(answer.headers, caller);
  return { done: true };
}
