import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findPostmaster, shutDown } from "./postmaster.ts";
import { startEmbeddedPostgres } from "./start.ts";

const ROOT = path.resolve(import.meta.dirname, "../../../..");
const OTHER_PROCESS = `
  import { startEmbeddedPostgres } from "#lib/server/db/embedded/start.ts";
  const { url, adopted, stop } = await startEmbeddedPostgres({ home: process.env.BURNLINE_HOME });
  console.log(JSON.stringify({ url, adopted }));
  process.stdin.once("data", async () => { console.log(JSON.stringify(await stop())); process.exit(0); });`;

let home: string;
let dataDir: string;
const children: ChildProcess[] = [];

function makeHome(): void {
  home = mkdtempSync(path.join(tmpdir(), "burnline-embedded-"));
  chmodSync(home, 0o755);
  dataDir = path.join(home, "postgres", "cluster", "data");
}

async function stopAll(): Promise<void> {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await shutDown(dataDir);
}

function removeHome(): void {
  rmSync(home, { recursive: true, force: true });
}

/** Another process that uses the server of `home`, until told to leave. */
async function join() {
  const child = spawn(
    process.execPath,
    ["--import", "./register.ts", "--input-type=module-typescript", "--eval", OTHER_PROCESS],
    { cwd: ROOT, env: { ...process.env, BURNLINE_HOME: home }, stdio: ["pipe", "pipe", "inherit"] },
  );
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  const answer = async <T>() => JSON.parse(String((await once(lines, "line"))[0])) as T;
  const joined = await answer<{ url: string; adopted: boolean }>();
  const leave = () => {
    child.stdin.write("\n");
    return answer<string>();
  };
  return { ...joined, child, leave };
}

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

const connectionFile = () => path.join(home, "postgres", "connection.json");
const keepNote = "create table if not exists note as select 'kept' as text";
const readNote = (url: string) => query(url, "select text from note");

async function killedServer(): Promise<string> {
  const other = await join();
  await query(other.url, keepNote);
  const pid = findPostmaster(dataDir)?.pid ?? 0;
  other.child.kill("SIGKILL");
  process.kill(pid, "SIGKILL");
  await once(other.child, "exit");
  return other.url;
}

describe("a first start", () => {
  beforeEach(makeHome);
  afterEach(async () => {
    await stopAll();
    removeHome();
  });

  it("starts on nothing, keeps data and address, and lets no other user in", async () => {
    const first = await startEmbeddedPostgres({ home });
    expect(first.adopted).toBe(false);
    await query(first.url, keepNote);
    expect(JSON.parse(readFileSync(connectionFile(), "utf8"))).toEqual({ url: first.url });
    expect(statSync(connectionFile()).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(home, "postgres", "cluster")).mode & 0o777).toBe(0o700);
    const noPassword = new URL(first.url);
    noPassword.password = "guess";
    await expect(query(noPassword.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    expect(await first.stop()).toBe("stopped");
    expect(findPostmaster(dataDir)).toBeNull();

    const second = await startEmbeddedPostgres({ home });
    expect(second.url).toBe(first.url);
    expect(await readNote(second.url)).toEqual([{ text: "kept" }]);
    await second.stop();
  });

  it("gives two processes that start at once one server, which ends with the last of them", async () => {
    const both = await Promise.all([join(), join()]);
    expect(both[0].url).toBe(both[1].url);
    expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
    expect(readdirSync(path.join(home, "postgres")).filter((name) => name.startsWith("unfinished"))).toEqual(
      [],
    );
    expect(await both[0].leave()).toBe("left_running");
    expect(await query(both[1].url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await both[1].leave()).toBe("stopped");
    expect(findPostmaster(dataDir)).toBeNull();
  });

  it("removes what a killed first start left behind", async () => {
    const left = path.join(home, "postgres", "unfinished-abcdef", "data");
    mkdirSync(left, { recursive: true });
    const server = await startEmbeddedPostgres({ home });
    expect(readdirSync(path.join(home, "postgres"))).not.toContain("unfinished-abcdef");
    await server.stop();
  });

  it.runIf(process.getuid?.() === 0)("works for root below a folder that nobody else may enter", async () => {
    chmodSync(home, 0o700);
    const first = await startEmbeddedPostgres({ home });
    const stateDir = readFileSync(path.join(home, "postgres", "location"), "utf8").trim();
    try {
      expect(stateDir).not.toContain(home);
      await query(first.url, keepNote);
      await first.stop();
      const again = await startEmbeddedPostgres({ home });
      expect(await readNote(again.url)).toEqual([{ text: "kept" }]);
      await again.stop();

      rmSync(path.join(home, "postgres"), { recursive: true });
      const anew = await startEmbeddedPostgres({ home });
      await expect(readNote(anew.url)).rejects.toMatchObject({ code: "42P01" });
      await anew.stop();
    } finally {
      await shutDown(path.join(stateDir, "cluster", "data"));
      for (const dir of [stateDir, `${stateDir}.earlier`]) rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe("a later start", () => {
  beforeAll(async () => {
    makeHome();
    const server = await startEmbeddedPostgres({ home });
    await server.stop();
  });
  afterEach(stopAll);
  afterAll(removeHome);

  it("listens on loopback only, keeps fsync on, and has a session of its own", async () => {
    const server = await startEmbeddedPostgres({ home });
    const [settings] = await query(
      server.url,
      `select current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
        current_setting('server_encoding') as encoding, current_setting('password_encryption') as password`,
    );
    expect(settings).toEqual({
      listen: "127.0.0.1",
      fsync: "on",
      encoding: "UTF8",
      password: "scram-sha-256",
    });
    if (process.platform === "linux") {
      const pid = findPostmaster(dataDir)?.pid;
      const [, , , , session] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/\(.*\)/, "postgres")
        .split(" ")
        .slice(1);
      expect(Number(session)).toBe(pid);
    }
    await server.stop();
  });

  it("adopts the server of a process that was killed", async () => {
    const killed = await join();
    await query(killed.url, keepNote);
    const pid = findPostmaster(dataDir)?.pid;
    killed.child.kill("SIGKILL");
    await once(killed.child, "exit");
    const server = await startEmbeddedPostgres({ home });
    expect(server).toMatchObject({ adopted: true, url: killed.url });
    expect(findPostmaster(dataDir)?.pid).toBe(pid);
    expect(await readNote(server.url)).toEqual([{ text: "kept" }]);
    expect(await server.stop()).toBe("stopped");
  });

  it("stops it exactly once when both leave at once", async () => {
    const both = await Promise.all([join(), join()]);
    const outcomes = await Promise.all(both.map((other) => other.leave()));
    expect(outcomes.sort()).toEqual(["left_running", "stopped"]);
    expect(findPostmaster(dataDir)).toBeNull();
  });

  it("recovers what was committed when server and process were both killed", async () => {
    await killedServer();
    const server = await startEmbeddedPostgres({ home });
    expect(server.adopted).toBe(false);
    expect(await readNote(server.url)).toEqual([{ text: "kept" }]);
    await server.stop();
  });

  it("brings back a server that died under its process, with what was committed", async () => {
    const { url, revive, stop } = await startEmbeddedPostgres({ home });
    await query(url, keepNote);
    expect(await revive()).toBe(false);
    process.kill(findPostmaster(dataDir)!.pid, "SIGKILL");
    await expect.poll(revive, { timeout: 30_000 }).toBe(true);
    expect(await readNote(url)).toEqual([{ text: "kept" }]);
    expect(await stop()).toBe("stopped");
    expect(await revive()).toBe(false);
  });

  it("is not misled when the dead server's number belongs to another process now", async () => {
    await killedServer();
    const pidFile = path.join(dataDir, "postmaster.pid");
    const lines = readFileSync(pidFile, "utf8").split("\n");
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
    const server = await startEmbeddedPostgres({ home });
    expect(await readNote(server.url)).toEqual([{ text: "kept" }]);
    await server.stop();
  });

  it("takes another port when a stranger has the kept one", async () => {
    const first = await startEmbeddedPostgres({ home });
    await first.stop();
    const stranger = net.createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(stranger, "listening");
    const server = await startEmbeddedPostgres({ home });
    expect(server.url).not.toBe(first.url);
    expect(JSON.parse(readFileSync(connectionFile(), "utf8"))).toEqual({ url: server.url });
    await server.stop();
    stranger.close();
  });

  it("says what PostgreSQL says when it cannot start", async () => {
    const version = path.join(dataDir, "PG_VERSION");
    const good = readFileSync(version);
    writeFileSync(version, "17\n");
    await expect(startEmbeddedPostgres({ home })).rejects.toThrow(/initialized by PostgreSQL version 17/);
    writeFileSync(version, good);
  });

  it.runIf(process.getuid?.() === 0)("says so when the database's folder was closed since", async () => {
    chmodSync(home, 0o700);
    await expect(startEmbeddedPostgres({ home })).rejects.toThrow(/cannot enter .*chmod o\+x/);
    chmodSync(home, 0o755);
  });
});
