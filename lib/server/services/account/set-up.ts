import "server-only";
import { SetUp, type SignInAnswer } from "#lib/contracts/access.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { openSession } from "#lib/server/auth/session.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { addFirstAdmin, isFirstStartCode, isSetUpOpen } from "./first-start.ts";
import { personActor, recordSignIn } from "./record-sign-in.ts";

function closed(): AppError {
  return new AppError("not_found", "Burnline is set up already; sign in");
}

/**
 * Makes the first administrator with the one-time code of the log, and signs them in.
 * @throws `invalid` naming `code`, `not_found` once there is somebody, `rate_limited`
 */
export async function setUp(input: unknown, caller: Caller): Promise<SignInAnswer> {
  const { code, name, email, password } = parseInput(SetUp, input);
  await limit("setUp", caller.address);
  if (!(await isSetUpOpen())) throw closed();
  if (!(await read((tx) => isFirstStartCode(tx, code)))) {
    const message = "is not the code in Burnline's log, or too old";
    throw new AppError("invalid", message, { fields: [{ path: "code", message }] });
  }
  const passwordHash = await hashPassword(password);
  const personId = await transaction((tx) =>
    addFirstAdmin(tx, { name, email, passwordHash }, caller, personActor),
  );
  if (personId === null) throw closed();
  const token = await openSession(personId, caller);
  await recordSignIn(caller, { personId, token, method: "set_up" });
  return { status: "signed_in" };
}
