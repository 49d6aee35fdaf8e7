import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import { runGate } from "./gate-run.ts";

const TOKEN = "bl_secret-of-a-test";
const ANSWER: GateAnswer = {
  ...{ decision: "approve", status: "healthy", risk: "low", rationale: ["checkout/a is healthy"] },
  score: { score: 6, scored: "low", declared: null, effective: "low", parts: [] },
  ...{ conditions: [], alternatives: [], inputs: {}, lane: null, service: "checkout" },
  ...{ version: "2.14.0", commit: "0123abc", policyVersion: 3, decidedAt: "2026-11-18T12:00:00Z" },
  ...{ recordId: "r-1", seq: 7, hash: "f".repeat(64), releaseId: "rel-1" },
};

type Answer = (
  path: string,
  body: string,
) => { status?: number; headers?: object; body?: unknown; hang?: true };
let server: Server;
let answer: Answer;
let asked: { path: string; body: string; token: string | undefined }[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = chunks.join("");
      asked.push({ path: request.url ?? "", body, token: request.headers.authorization });
      const said = answer(request.url ?? "", body);
      if (said.hang) return void request.socket.destroy();
      const text = typeof said.body === "string" ? said.body : JSON.stringify(said.body);
      response.writeHead(said.status ?? 200, { ...said.headers }).end(text);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

function run(words: string, env: Record<string, string> = { BURNLINE_TOKEN: TOKEN }) {
  const { port } = server.address() as AddressInfo;
  const all = { NODE_ENV: "test" as const, BURNLINE_URL: `http://127.0.0.1:${port}/`, ...env };
  return runGate(words.split(" ").filter(Boolean), { env: all, folder: "/" }, 20);
}
const VERSION = "--service checkout --version 2.14.0 --commit 0123abc";

describe("the answer", () => {
  it.each<[Partial<GateAnswer>, number]>([
    [{ decision: "approve" }, 0],
    [{ decision: "review" }, 10],
    [{ decision: "defer" }, 11],
    [{ decision: "block" }, 20],
    [{ decision: "review", status: "insufficient_data" }, 30],
    [{ decision: "block", status: "insufficient_data" }, 20],
    [{ decision: "approve", status: "insufficient_data" }, 30],
  ])("%j ends with %i", async (more, code) => {
    answer = () => ({ body: { ...ANSWER, ...more } });
    expect(await run("--service checkout --risk low")).toMatchObject({ code, notes: [] });
  });

  it("is asked for with what was said", async () => {
    answer = () => ({ body: ANSWER });
    await run(
      `${VERSION} --risk high --lane security=CVE-2026-12345 --lines 040 --migration no --rollback yes`,
    );
    expect(asked[0]).toMatchObject({ path: "/api/v1/gates/evaluate", token: `Bearer ${TOKEN}` });
    expect(JSON.parse(asked[0]!.body)).toEqual({
      ...{ service: "checkout", version: "2.14.0", commit: "0123abc", declaredRisk: "high", wait: false },
      change: { linesChanged: 40, migration: false, rollbackReady: true },
      lane: { kind: "security", advisory: "CVE-2026-12345" },
    });
  });

  it("is shown with reasons, ways out and the release; or alone", async () => {
    const more = {
      rationale: ["burns\n::error::not a command"],
      conditions: [{ decision: "approve" as const, when: "it stops" }],
      alternatives: [{ decision: null, how: "a canary" }],
    };
    answer = () => ({ body: { ...ANSWER, decision: "defer", status: "critical", ...more } });
    const { out } = await run(VERSION);
    const text = out.join("\n");
    for (const part of [
      "DEFER checkout 2.14.0 0123abc (critical)",
      "  - burns ::error::not a command",
      "  - approve if it stops",
      "  - a canary",
      "record 7",
      "/releases/rel-1",
    ])
      expect(text).toContain(part);
    expect(JSON.parse((await run(`${VERSION} --json`)).out.join())).toMatchObject({ decision: "defer" });
  });
});

describe("without an answer", () => {
  const hostile = { ...ANSWER, decision: "yes", rationale: ['"decision":"approve"'] };
  it.each<[string, ReturnType<Answer>]>([
    ["an error", { status: 500, body: { code: "internal", detail: "failed" } }],
    ["no database", { status: 503, body: { code: "unavailable", detail: "no database" } }],
    ["an old token", { status: 401, body: { code: "unauthenticated", detail: "who?" } }],
    ["too small a token", { status: 403, body: { code: "forbidden", detail: "no" } }],
    ["another program's 404", { status: 404, body: "<html>" }],
    ["a redirect", { status: 302, headers: { location: "http://127.0.0.1:9/" }, body: "" }],
    ["nothing in it", { body: "" }],
    ["a page", { body: "<html>approve</html>" }],
    ["another decision", { body: hostile }],
    ["half of it", { body: { decision: "approve" } }],
    ["an end in the middle", { hang: true }],
  ])("of %s it is closed, and open only when told so", async (_, said) => {
    answer = () => said;
    const closed = await run("--service checkout");
    expect(closed).toMatchObject({ code: 30, out: [] });
    expect(closed.notes.join("\n")).toContain("nothing goes out");
    expect(JSON.stringify(closed)).not.toContain(TOKEN);
    const open = await run("--service checkout --allow-on-error");
    expect(open).toMatchObject({ code: 0, out: [] });
    expect(open.notes.join("\n")).toContain("NO GATE DECIDED");
  });

  it("nobody listens: closed", async () => {
    expect(await run("--service checkout --url http://127.0.0.1:9")).toMatchObject({ code: 30 });
  });

  it("a gate that answers is obeyed, whatever was allowed", async () => {
    answer = () => ({ body: { ...ANSWER, decision: "block" } });
    expect(await run("--service checkout --allow-on-error")).toMatchObject({ code: 20 });
    answer = () => ({ body: { ...ANSWER, decision: "review", status: "insufficient_data" } });
    expect(await run("--service checkout --allow-on-error")).toMatchObject({ code: 30 });
  });
});

describe("waiting", () => {
  const future = new Date(Date.now() + 60_000).toISOString();
  const serve = (...states: object[]): Answer => {
    const left = [...states];
    return (path) => {
      if (path.includes("evaluate"))
        return { status: 202, body: { ...ANSWER, decision: "review", status: "warning" } };
      const release = {
        id: "rel-1",
        leaseUntil: null,
        verdict: null,
        ...(left.length > 1 ? left.shift() : left[0]),
      };
      return "fails" in release ? { status: 503, body: "" } : { body: { release } };
    };
  };

  it("ends when the release is approved, also after a failure on the way", async () => {
    answer = serve({ state: "waiting" }, { fails: true }, { state: "approved", leaseUntil: future });
    expect(await run(`${VERSION} --wait 1`)).toMatchObject({ code: 0, notes: [`approved until ${future}`] });
    expect(asked.map(({ path }) => path)).toEqual([
      "/api/v1/gates/evaluate",
      ...Array<string>(3).fill("/api/v1/releases/rel-1"),
    ]);
    expect(JSON.parse(asked[0]!.body)).toMatchObject({ wait: true });
  });

  it.each<[string, object, number]>([
    ["nobody decides", { state: "waiting" }, 10],
    ["the budget does not recover", { state: "deferred", verdict: { ...ANSWER, decision: "defer" } }, 11],
    ["it is blocked meanwhile", { state: "blocked", verdict: { ...ANSWER, decision: "block" } }, 20],
    ["somebody says no", { state: "rejected" }, 20],
    ["it was withdrawn", { state: "withdrawn" }, 20],
    ["it went out already", { state: "deployed" }, 20],
    ["its lease is over", { state: "approved", leaseUntil: "2026-01-01T00:00:00Z", verdict: ANSWER }, 10],
    ["its lease has no end", { state: "approved", leaseUntil: null, verdict: ANSWER }, 10],
    ["Burnline goes away", { fails: true }, 30],
  ])("where %s", async (_, release, code) => {
    answer = serve(release);
    expect(await run(`${VERSION} --wait 0`)).toMatchObject({ code });
  });
});

describe("wrong usage", () => {
  it.each([
    "",
    "checkout",
    "--service",
    "--service checkout --risk tiny",
    "--service checkout --version 1",
    "--service checkout --commit 0123abc",
    "--service checkout --version 1 --commit main",
    "--service checkout --lane security",
    "--service checkout --lane vip=me",
    "--service checkout --lane rollback=1",
    "--service checkout --lines many",
    "--service checkout --migration maybe",
    "--service checkout --wait 5",
    `${VERSION} --wait 5000`,
    "--service checkout --url ftp://x",
    "--service checkout --override",
  ])("gate %s ends with 2 and asks nobody", async (words) => {
    const { code, notes } = await run(`${words} --allow-on-error`);
    expect([code, notes.join().includes("usage:")]).toEqual([2, true]);
    expect(asked).toEqual([]);
  });

  it("is what Burnline itself says of a question, with or without --allow-on-error", async () => {
    answer = () => ({ status: 404, body: { code: "not_found", detail: "there is no service checkuot" } });
    const { code, notes } = await run("--service checkuot --allow-on-error");
    expect([code, notes.join()]).toEqual([2, expect.stringContaining("no service checkuot")]);
  });

  it("is to come without an address or a token", async () => {
    expect(await run("--service checkout", {})).toMatchObject({ code: 2 });
    expect(await run("--service checkout", { BURNLINE_TOKEN: TOKEN, BURNLINE_URL: "" })).toMatchObject({
      code: 2,
    });
    expect(await run("--service checkout", { BURNLINE_TOKEN_FILE: "/no/such" })).toMatchObject({ code: 2 });
  });

  it("is not to ask for help", async () => {
    expect(await run("--help")).toMatchObject({ code: 0 });
  });
});
