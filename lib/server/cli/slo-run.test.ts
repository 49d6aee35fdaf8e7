import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportAnswer } from "#lib/contracts/slos.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { writeBurnline } from "#lib/server/slo-code/formats/burnline/write.ts";
import { runSlo } from "./slo-run.ts";

const TOKEN = "bl_secret-of-a-test";
const A = writeBurnline(soundDefinition({ name: "a" })).text;
const B = writeBurnline(soundDefinition({ name: "b" })).text;
const SAME: ImportAnswer["changes"][number] = {
  key: "checkout/a",
  change: "same",
  differences: [],
  warnings: [],
};
const CHANGED: ImportAnswer["changes"][number] = {
  key: "checkout/b",
  change: "update",
  differences: [{ path: "objectives.0.target", before: "0.99", after: "0.999" }],
  warnings: [],
};

interface Request {
  url: string;
  token: string | undefined;
  body: string;
}
type Answer = (request: Request) => { status?: number; body: unknown };

let folder: string;
let server: Server;
let requests: Request[];
let answer: Answer;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "slo-cli-"));
  writeFileSync(path.join(folder, "a.yaml"), A);
  writeFileSync(path.join(folder, "b.yaml"), B);
  requests = [];
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const seen = { url: request.url ?? "", token: request.headers.authorization, body };
      requests.push(seen);
      const { status = 200, body: said } = answer(seen);
      response.writeHead(status).end(typeof said === "string" ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

function run(words: string, env: Record<string, string> = { BURNLINE_TOKEN: TOKEN }) {
  const { port } = server.address() as AddressInfo;
  const all = { NODE_ENV: "test" as const, BURNLINE_URL: `http://127.0.0.1:${port}/`, ...env };
  return runSlo(words.split(" ").filter(Boolean), { env: all, folder });
}

describe("slo validate", () => {
  it("checks files without Burnline", async () => {
    expect(await run("validate a.yaml b.yaml", {})).toEqual({
      code: 0,
      out: ["2 SLOs, 0 errors, 0 warnings"],
      notes: [],
    });
    expect(requests).toEqual([]);
  });

  it("says file, line, column and field of an error", async () => {
    const at = B.split("\n").findIndex((line) => line.includes("target: 0.999"));
    writeFileSync(path.join(folder, "b.yaml"), B.replace("target: 0.999", "target: 7"));
    expect(await run("validate a.yaml b.yaml", {})).toEqual({
      code: 2,
      out: ["1 SLO, 1 error, 0 warnings"],
      notes: [
        `b.yaml:${at + 1}:15: error: spec.objectives.0.target: Must be between 0 and 1, as 0.999 for 99.9 %.`,
      ],
    });
  });
});

describe("slo diff and apply", () => {
  it("shows differences, and says by its exit code that there are some", async () => {
    answer = () => ({ body: { dryRun: true, changes: [SAME, CHANGED], problems: [] } });
    expect(await run("diff a.yaml b.yaml")).toMatchObject({
      code: 1,
      out: [
        "= checkout/a",
        "~ checkout/b",
        "    objectives.0.target: 0.99 → 0.999",
        "0 to make, 1 to change, 1 the same",
      ],
    });
    expect(requests).toMatchObject([{ url: "/api/v1/slos/import?dryRun=true", token: `Bearer ${TOKEN}` }]);
    expect(JSON.parse(requests[0]!.body)).toEqual({ text: `${A}\n---\n${B}` });
    answer = () => ({ body: { dryRun: true, changes: [SAME], problems: [] } });
    expect(await run("diff a.yaml")).toMatchObject({ code: 0 });
  });

  it("applies, or runs dry, with a reason", async () => {
    answer = ({ url }) => ({ body: { dryRun: url.endsWith("true"), changes: [CHANGED], problems: [] } });
    expect(await run("apply b.yaml --reason agreed")).toMatchObject({ code: 0 });
    expect(await run("apply b.yaml --dry-run")).toMatchObject({ code: 0 });
    expect(requests.map(({ url }) => url)).toEqual([
      "/api/v1/slos/import?dryRun=false",
      "/api/v1/slos/import?dryRun=true",
    ]);
    expect(JSON.parse(requests[0]!.body)).toMatchObject({ reason: "agreed" });
  });

  it("names the file and its own line of what Burnline finds wrong", async () => {
    const line = A.split("\n").length + 2;
    const problem = { line: line + 3, column: 9, path: "metadata.name", message: "is taken" };
    answer = () => ({ body: { dryRun: false, changes: [], problems: [problem] } });
    expect(await run("apply a.yaml b.yaml")).toEqual({
      code: 2,
      out: ["nothing was changed"],
      notes: ["b.yaml:4:9: error: metadata.name: is taken"],
      isDifferent: false,
    });
  });

  it("sends nothing that is wrong already", async () => {
    writeFileSync(path.join(folder, "a.yaml"), "apiVersion: v1\nkind: Pod");
    expect(await run("apply a.yaml b.yaml")).toMatchObject({ code: 2 });
    expect(requests).toEqual([]);
  });
});

describe("slo export", () => {
  const slos = [
    { id: "2", key: "web/x", service: "web" },
    { id: "1", key: "checkout/a", service: "checkout" },
  ];
  const serve =
    (texts: Record<string, string>): Answer =>
    ({ url }) => {
      const id = /slos\/(\d)\/export/.exec(url)?.[1];
      if (id === undefined) return { body: { data: { slos } } };
      const text = texts[id];
      return text === undefined ? { status: 422, body: { detail: "a journey" } } : { body: text };
    };

  it("writes several as documents, by key, and names what is left out", async () => {
    answer = serve({ "1": "a: 1\n", "2": "b: 2\n" });
    expect(await run("export --format sloth")).toEqual({ code: 0, out: ["a: 1\n---\nb: 2"], notes: [] });
    expect(requests.at(-1)!.url).toBe("/api/v1/slos/2/export?format=sloth");
    answer = serve({ "1": "a: 1\n" });
    expect(await run("export")).toEqual({ code: 0, out: ["a: 1"], notes: ["web/x: left out: a journey"] });
    expect(await run("export --service checkout")).toMatchObject({ out: ["a: 1"], notes: [] });
  });

  it("makes one rule file of several", async () => {
    answer = serve({ "1": "groups:\n  - name: one\n", "2": "# none\ngroups: []\n" });
    expect(await run("export --format prometheus")).toMatchObject({ out: ["groups:\n  - name: one"] });
  });

  it("wants one SLO for a dashboard", async () => {
    answer = serve({ "1": "{}\n", "2": "{}\n" });
    expect(await run("export --format grafana")).toMatchObject({ code: 2 });
    expect(await run("export --format grafana --slo web/x")).toEqual({ code: 0, out: ["{}"], notes: [] });
    expect(await run("export --slo no/such")).toMatchObject({ code: 2 });
  });
});

describe("exit codes", () => {
  it.each([
    [""],
    ["polish"],
    ["constructor"],
    ["validate"],
    ["validate no.yaml"],
    ["validate a.yaml --url x"],
    ["diff a.yaml --url ftp://x"],
    ["diff a.yaml --token-file no-token"],
    ["export --format pdf"],
    ["export a.yaml"],
  ])("are 2 for slo %s", async (words) => {
    const { code, notes } = await run(words);
    expect(code).toBe(2);
    expect(notes.join("\n")).toContain("usage:");
  });

  it("are 2 without an address or a token", async () => {
    expect(await run("diff a.yaml", {})).toMatchObject({ code: 2 });
    expect(await run("diff a.yaml", { BURNLINE_URL: "", BURNLINE_TOKEN: TOKEN })).toMatchObject({ code: 2 });
  });

  it.each([
    [403, 3],
    [401, 3],
    [409, 3],
    [500, 3],
    [422, 2],
    [413, 2],
  ])("tell %i as %i, in Burnline's own words", async (status, code) => {
    answer = () => ({ status, body: { detail: "in its own words" } });
    const outcome = await run("diff a.yaml");
    expect(outcome.code).toBe(code);
    expect(outcome.notes.join()).toContain("in its own words");
  });

  it("are 3 when something else answers, sends elsewhere, or nothing does", async () => {
    answer = () => ({ body: "<html>" });
    expect(await run("diff a.yaml")).toMatchObject({ code: 3 });
    answer = () => ({ status: 302, body: "" });
    expect(await run("diff a.yaml")).toMatchObject({ code: 3 });
    const gone = createServer();
    await new Promise<void>((resolve) => void gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => void gone.close(resolve));
    expect(await run(`diff a.yaml --url http://127.0.0.1:${port}`)).toMatchObject({ code: 3 });
  });

  it("never come with the token", async () => {
    for (const bad of [`${TOKEN}\nx: y`, `${TOKEN} ü`]) {
      const outcome = await run("diff a.yaml", { BURNLINE_TOKEN: bad });
      expect(outcome.code).toBe(2);
      expect(JSON.stringify(outcome)).not.toContain(TOKEN);
    }
    writeFileSync(path.join(folder, "token"), `${TOKEN}\n`);
    answer = () => ({ status: 401, body: { detail: "no" } });
    const outcome = await run("diff a.yaml --token-file token", {});
    expect(requests.at(-1)!.token).toBe(`Bearer ${TOKEN}`);
    expect(JSON.stringify(outcome)).not.toContain(TOKEN);
  });

  it("are 0 for help", async () => {
    expect(await run("--help")).toMatchObject({ code: 0 });
  });
});
