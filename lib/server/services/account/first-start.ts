import "server-only";
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { recordAudit } from "#lib/server/audit/record.ts";
import { type Actor, SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { publicOrigin } from "#lib/server/auth/auth.ts";
import { hashPassword } from "#lib/server/auth/password.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { insertPerson } from "#lib/server/db/person.repo.ts";
import * as repo from "#lib/server/db/sign-in.repo.ts";
import { settings } from "#lib/server/env.ts";
import type { Caller } from "#lib/server/handle.ts";
import { log } from "#lib/server/log.ts";

const CODE_BYTES = 15;
const CODE_LIFE_MS = 7 * 86_400_000;
const GROUP = /.{1,6}/g;

/** Spaces, dashes and capitals do not matter in what was copied from a log. */
function hashCode(code: string): string {
  return createHash("sha256").update(code.replace(/[\s-]/g, "").toLowerCase()).digest("hex");
}

/** Whether this code of the log still makes the first administrator; compares in constant time. */
export async function isFirstStartCode(tx: Transaction, code: string): Promise<boolean> {
  const given = Buffer.from(hashCode(code));
  const hashes = await repo.findFirstStartHashes(tx, new Date());
  return hashes.filter((hash) => timingSafeEqual(Buffer.from(hash), given)).length > 0;
}

/** Whether nobody has an account yet, so that the set-up page is open. */
export function isSetUpOpen(): Promise<boolean> {
  return read((tx) => repo.isFirstStart(tx));
}

export interface FirstAdmin {
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * Makes the first administrator, with a password of their own choice, while this transaction holds the lock;
 * null when there is somebody already. `by` answers who did it, for the record.
 */
export async function addFirstAdmin(
  tx: Transaction,
  { name, email, passwordHash }: FirstAdmin,
  caller: Pick<Caller, "requestId" | "address">,
  by: (id: string) => Actor,
): Promise<string | null> {
  await repo.lockFirstStart(tx);
  if (!(await repo.isFirstStart(tx))) return null;
  const id = await insertPerson(tx, { name, email, roles: ["admin"], passwordHash });
  if (id === null) return null;
  await repo.replacePassword(tx, id, { old: passwordHash, next: passwordHash });
  await repo.deleteFirstStartHashes(tx);
  await recordAudit(tx, by(id), caller, {
    action: "person.created",
    resource: { type: "person", id },
    after: { roles: ["admin"] },
    aboutPersonIds: [id],
  });
  return id;
}

async function logCode(): Promise<void> {
  const code = (randomBytes(CODE_BYTES).toString("hex").match(GROUP) ?? []).join("-");
  await transaction(async (tx) => {
    await repo.insertFirstStartHash(tx, hashCode(code), new Date(Date.now() + CODE_LIFE_MS));
  });
  const url = `${publicOrigin()}/set-up`;
  log().warn({ url }, `NOBODY HAS AN ACCOUNT YET. Open ${url} and enter the one-time code ${code}`);
}

/**
 * While nobody has an account: makes the administrator of the settings, or logs a one-time code with which the
 * set-up page makes one. Of each code only a hash is kept, in the database, so that every replica knows it.
 */
export async function prepareFirstStart(): Promise<void> {
  if (!(await isSetUpOpen())) return;
  const { admin } = settings().access;
  if (!admin) return logCode();
  const passwordHash = await hashPassword(admin.password);
  const from = { requestId: "start", address: null };
  const first = { name: "Administrator", email: admin.email, passwordHash };
  const id = await transaction((tx) => addFirstAdmin(tx, first, from, () => SYSTEM_ACTOR));
  if (id !== null) log().info("the administrator of the settings has an account now");
}
