import "server-only";
import type { Actor } from "#lib/server/auth/actor.ts";
import { verifyPassword } from "#lib/server/auth/password.ts";
import { read } from "#lib/server/db/client.ts";
import { findPasswordHash } from "#lib/server/db/sign-in.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { forgive, limit } from "#lib/server/rate-limit/limit.ts";

/** A refusal of a typed password that names its field. */
export function refusePassword(path: string, message: string): AppError {
  return new AppError("invalid", message, { fields: [{ path, message }] });
}

/**
 * Asks whoever is signed in for their password again, so that a stolen session cannot take the account over;
 * answers its hash.
 * @throws `invalid` naming `path`, `rate_limited`
 */
export async function confirmPassword(
  actor: Actor,
  password: string,
  caller: Caller,
  path: "current" | "password",
): Promise<string> {
  await limit("signIn", caller.address, actor.id);
  const hash = await read((tx) => findPasswordHash(tx, actor.id));
  if (hash === null) throw refusePassword(path, "this account signs in without a password");
  if (!(await verifyPassword({ hash, password }))) throw refusePassword(path, "this is not your password");
  await forgive("signIn", caller.address, actor.id);
  return hash;
}
