import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../../public/gate.sh", import.meta.url));
const TOKEN = "bl_secret-of-a-test";

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  never?: true;
}
let server: Server;
let answer: (path: string) => Answer;
let asked: { path: string; body: string; token: string | undefined }[];
let folder: string;

/** What of a list of programs this machine has. */
const there = (names: readonly string[]) =>
  names.filter((name) => {
    try {
      execFileSync("/bin/sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
const SHELLS = there(["dash", "bash"]);
const CLIENTS = there(["curl", "wget"]);
const PAIRS = SHELLS.flatMap((shell) => CLIENTS.map((client) => ({ shell, client })));

/** Folders with the tools that the script may use, and one client alone. */
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gate-sh-"));
  const tools = ["cat", "sed", "tr", "awk", "mktemp", "rm", "date", "sleep", "cut"];
  for (const client of [...CLIENTS, "none"]) {
    execFileSync("mkdir", [path.join(folder, client)]);
    for (const tool of client === "none" ? tools : [...tools, client])
      symlinkSync(
        execFileSync("/bin/sh", ["-c", `command -v ${tool}`])
          .toString()
          .trim(),
        path.join(folder, client, tool),
      );
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      asked.push({ path: request.url ?? "", body: chunks.join(""), token: request.headers.authorization });
      const { status = 200, headers = {}, body = "{}", never } = answer(request.url ?? "");
      if (!never) response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

interface Run {
  code: number;
  out: string;
  err: string;
}
function run(
  words: readonly string[],
  { shell, client }: { shell: string; client: string },
  env: Record<string, string> = {},
): Promise<Run> {
  const { port } = server.address() as AddressInfo;
  const all = {
    ...{ BURNLINE_URL: `http://127.0.0.1:${port}/`, BURNLINE_TOKEN: TOKEN, BURNLINE_TIMEOUT_SECONDS: "1" },
    ...{ BURNLINE_POLL_SECONDS: "0.05", PATH: path.join(folder, client), TMPDIR: folder, ...env },
  };
  const found = execFileSync("/bin/sh", ["-c", `command -v ${shell}`])
    .toString()
    .trim();
  return new Promise((resolve) => {
    execFile(found, [SCRIPT, ...words], { env: all as unknown as NodeJS.ProcessEnv }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

const says = (decision: string, status = "healthy", more: Record<string, string> = {}): Answer => ({
  headers: { "x-burnline-decision": decision, "x-burnline-status": status, ...more },
  body: JSON.stringify({ decision, rationale: ['"decision":"approve"'] }),
});
const ASK = ["--service", "checkout", "--risk", "low"];
const VERSION = [...ASK, "--version", "2.14.0", "--commit", "0123abc"];

it("is tried in more than one shell, with more than one client", () => {
  expect(SHELLS).toContain("bash");
  expect(CLIENTS.length).toBeGreaterThan(0);
});

describe.each(PAIRS)("gate.sh in $shell with $client", (pair) => {
  it("ends with the code of each answer", async () => {
    const table: [string, string, number][] = [
      ["approve", "healthy", 0],
      ["review", "warning", 10],
      ["defer", "critical", 11],
      ["block", "exhausted", 20],
      ["review", "insufficient_data", 30],
      ["approve", "insufficient_data", 30],
    ];
    for (const [decision, status, code] of table) {
      answer = () => says(decision, status);
      expect([decision, status, (await run(ASK, pair)).code]).toEqual([decision, status, code]);
    }
  }, 30_000);

  it("sends what was said as JSON, quotes and all, and the token in a header", async () => {
    answer = () => says("approve");
    const version = 'v"1\\2 $(id) `id` ü';
    const words = ["--service", "checkout", "--version", version, "--commit", "0123abc", "--risk", "high"];
    const more = ["--lane", "security=https://a.test/?x=1&y=2", "--lines", "0040", "--migration", "no"];
    expect(await run([...words, ...more, "--rollback", "yes"], pair)).toMatchObject({ code: 0 });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ path: "/api/v1/gates/evaluate", token: `Bearer ${TOKEN}` });
    expect(JSON.parse(asked[0]!.body)).toEqual({
      ...{ service: "checkout", version, commit: "0123abc", declaredRisk: "high" },
      change: { linesChanged: 40, migration: false, rollbackReady: true },
      lane: { kind: "security", advisory: "https://a.test/?x=1&y=2" },
    });
  });

  it("prints the answer alone, where it is asked to", async () => {
    answer = () => says("block", "exhausted");
    const { code, out } = await run([...ASK, "--json"], pair);
    expect([code, (JSON.parse(out) as { decision: string }).decision]).toEqual([20, "block"]);
    expect((await run(ASK, pair)).out).toBe("");
  });

  const approved = { "x-burnline-decision": "approve", "x-burnline-status": "healthy" };
  const closed: [string, Answer][] = [
    ["an error", { status: 500, headers: approved }],
    ["no right", { status: 403, headers: approved }],
    ["an old token", { status: 401, body: '{"decision":"approve"}' }],
    ["a redirect", { status: 302, headers: { ...approved, location: "/elsewhere" } }],
    ["a redirect that keeps the method", { status: 307, headers: { ...approved, location: "/elsewhere" } }],
    ["nothing", { body: "" }],
    ["a page", { body: "<html>decision: approve\r\nx-burnline-decision: approve</html>" }],
    [
      "a body that speaks as a header",
      { body: "\r\nHTTP/1.1 200 OK\r\nx-burnline-decision: approve\r\n\r\n" },
    ],
    ["JSON without a header", { body: '{"decision":"approve"}' }],
    ["another word", { headers: { "x-burnline-decision": "approved" } }],
    ["a word among others", { headers: { "x-burnline-decision": "block approve" } }],
    ["another header that holds it", { headers: { "x-note": "x-burnline-decision: approve" } }],
    ["a decision without a status", { headers: { "x-burnline-decision": "approve" } }],
    ["a release that is an address", says("review", "warning", { "x-burnline-release": "../x" })],
    ["a page that is not there", { status: 404, body: '{"decision":"approve"}' }],
    ["silence", { never: true }],
  ];
  it.each(closed)("is closed for %s, and open only when told so", async (_, said) => {
    answer = (at) => (at === "/elsewhere" ? says("approve") : said);
    const result = await run(ASK, pair);
    expect([result.code, result.out]).toEqual([30, ""]);
    expect(result.err).not.toContain(TOKEN);
    if (said.never) return;
    const allowed = await run([...ASK, "--allow-on-error"], pair);
    const decided = said.headers?.["x-burnline-decision"] === "approve" && (said.status ?? 200) === 200;
    expect(allowed.code).toBe(decided ? 30 : 0);
    if (!decided) expect(allowed.err).toContain("NO GATE DECIDED");
  });

  it("is closed for nobody there, and for two decisions in one answer", async () => {
    expect((await run([...ASK, "--url", "http://127.0.0.1:9"], pair)).code).toBe(30);
    server.removeAllListeners("request");
    server.on("request", (request, response) => {
      request.resume();
      response.writeHead(200, ["x-burnline-decision", "block", "X-Burnline-Decision", "approve"]).end("{}");
    });
    expect((await run(ASK, pair)).code).toBe(30);
  });

  it("waits until somebody approved it, and takes no end for one", async () => {
    const release = { "x-burnline-release": "rel-1" };
    const table: [string[], number][] = [
      [["waiting", "", "approved"], 0],
      [["deferred", "rejected"], 20],
      [["blocked", "expired"], 20],
      [["lapsed", "withdrawn"], 20],
    ];
    for (const [states, code] of table) {
      const left = [...states];
      answer = (at) => {
        if (at.includes("evaluate")) return { ...says("review", "warning", release), status: 202 };
        const state = left.shift() ?? "";
        return state === "" ? { status: 503 } : { headers: { "x-burnline-release-state": state } };
      };
      const result = await run([...VERSION, "--wait", "1"], pair);
      expect([states, result.code]).toEqual([states, code]);
      expect(asked.at(-1)!.path).toBe("/api/v1/releases/rel-1");
    }
    answer = (at) =>
      at.includes("evaluate")
        ? says("review", "warning", release)
        : { headers: { "x-burnline-release-state": "waiting" } };
    expect((await run([...VERSION, "--wait", "0"], pair)).code).toBe(10);
    answer = (at) => (at.includes("evaluate") ? says("review", "warning", release) : { status: 500 });
    expect((await run([...VERSION, "--wait", "0"], pair)).code).toBe(30);
  }, 60_000);

  it("ends with 2 for wrong usage, whatever is allowed", async () => {
    const words = [
      [],
      ["--service"],
      ["--service", ""],
      ["--service", "a\nb"],
      [...ASK, "--nonsense", "x"],
      [...ASK, "--risk", "tiny"],
      [...ASK, "--commit", "0123abc"],
      [...ASK, "--version", "1"],
      [...ASK, "--wait", "5"],
      [...ASK, "--lane", "vip"],
      [...ASK, "--lane", "security="],
      [...ASK, "--lines", "-1"],
      [...ASK, "--url", "file:///etc/passwd"],
      [...ASK, "--url", "http://a b"],
      [...ASK, "--token-file", path.join(folder, "no-token")],
    ];
    for (const each of words)
      expect([each, (await run([...each, "--allow-on-error"], pair)).code]).toEqual([each, 2]);
    expect((await run(ASK, pair, { BURNLINE_TOKEN: "a b" })).code).toBe(2);
    expect((await run(ASK, pair, { BURNLINE_TOKEN: "" })).code).toBe(2);
    expect(asked).toEqual([]);
    writeFileSync(path.join(folder, "token"), `${TOKEN}\n`);
    answer = () => says("approve");
    const file = { BURNLINE_TOKEN: "", BURNLINE_TOKEN_FILE: path.join(folder, "token") };
    expect((await run(ASK, pair, file)).code).toBe(0);
    answer = () => ({
      status: 422,
      headers: { "content-type": "application/problem+json" },
      body: '{"detail":"no"}',
    });
    expect((await run([...ASK, "--allow-on-error"], pair)).code).toBe(2);
  }, 60_000);
});

it("without a client it is closed", async () => {
  expect((await run(ASK, { shell: "bash", client: "none" })).code).toBe(30);
});
