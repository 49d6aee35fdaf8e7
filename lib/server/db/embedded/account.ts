import "server-only";
import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";

/** PostgreSQL refuses to run as root; this is the account it runs as then. */
const SERVER_ACCOUNT = "postgres";

/** Whom the server's processes belong to; null is ourselves. */
export type Account = { uid: number; gid: number } | null;

function idsOf(name: string): { uid: number; gid: number } | null {
  const ask = (flag: string) => spawnSync("id", [flag, name], { encoding: "utf8" });
  const [user, group] = [ask("-u"), ask("-g")];
  return user.status === 0 && group.status === 0
    ? { uid: Number(user.stdout), gid: Number(group.stdout) }
    : null;
}

/**
 * The account for the server: our own, unless we are root; then the owner of the cluster that `home` has
 * already, else `postgres`, created when missing.
 * @throws Error that says what to do when it cannot be created.
 */
export function serverAccount(home: string): Account {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(path.join(home, "postgres", "cluster"), { throwIfNoEntry: false });
  if (owner) return { uid: owner.uid, gid: owner.gid };
  const existing = idsOf(SERVER_ACCOUNT);
  if (existing) return existing;
  const noHome = ["--home-dir", "/nonexistent", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  spawnSync("useradd", ["--system", "--user-group", ...noHome, SERVER_ACCOUNT]);
  const created = idsOf(SERVER_ACCOUNT);
  if (created) return created;
  throw new Error(
    `PostgreSQL does not run as root, and the user "${SERVER_ACCOUNT}" could not be created: ` +
      "create it, start Burnline as an ordinary user, or set DATABASE_URL",
  );
}

/** Whether the account may enter a folder; asked of the kernel, which knows of access lists too. */
export function canEnter(account: Account, dir: string): boolean {
  if (account === null) return true;
  try {
    execFileSync("/bin/sh", ["-c", 'cd -- "$0"', dir], { ...account, cwd: "/", stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
