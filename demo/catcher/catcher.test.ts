import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCatcher } from "./catcher.ts";
import { Restarter } from "./restart.ts";

const KEY = "the-key-of-the-action";
const folder = mkdtempSync(path.join(tmpdir(), "burnline-catcher-"));
const asked: string[] = [];
/** Stands for the simulator. */
const simulator = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.writeHead(200).end(JSON.stringify([{ scenario: "errors", target: "checkout" }]));
});
let server: Server;
let url = "";

async function listen(listener: Server): Promise<string> {
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
}
beforeAll(async () => {
  const keyFile = path.join(folder, "key");
  server = createCatcher(new Restarter({ simulatorUrl: await listen(simulator), keyFile }));
  url = await listen(server);
});
afterAll(() => {
  server.close();
  simulator.close();
  rmSync(folder, { recursive: true });
});

it("keeps what is sent to a room, the newest first, and nothing else", async () => {
  const send = (address: string, body: string) =>
    fetch(url + address, { method: "POST", body, headers: { "idempotency-key": `key of ${body}` } });
  expect((await send("/hook/on-call", "one")).status).toBe(200);
  expect((await send("/hook/team", "two")).status).toBe(200);
  expect((await send("/elsewhere", "three")).status).toBe(404);
  const messages = (await (await fetch(`${url}/messages`)).json()) as object[];
  expect(messages).toMatchObject([
    { room: "team", body: "two", idempotencyKey: "key of two" },
    { room: "on-call", body: "one", idempotencyKey: "key of one" },
  ]);
});

describe("restarting", () => {
  const call = (more: object = {}) => ({
    version: 1,
    run: randomUUID(),
    runbook: "HighErrorRate",
    action: "restart",
    dryRun: false,
    incident: null,
    service: "checkout",
    node: null,
    askedBy: "ann",
    approvedBy: null,
    at: new Date().toISOString(),
    ...more,
  });
  const send = async (body: object, { key = KEY, atMs = Date.now(), text = JSON.stringify(body) } = {}) => {
    const timestamp = String(Math.floor(atMs / 1000));
    const mac = createHmac("sha256", key)
      .update(`${timestamp}.${JSON.stringify(body)}`)
      .digest("hex");
    const headers = { "x-burnline-timestamp": timestamp, "x-burnline-signature": `sha256=${mac}` };
    const response = await fetch(`${url}/actions/restart`, { method: "POST", headers, body: text });
    return { status: response.status, text: await response.text() };
  };

  it("waits for its key, and then does what a signed call says, once", async () => {
    const body = call();
    expect((await send(body)).status).toBe(503);
    writeFileSync(path.join(folder, "key"), `${KEY}\n`);
    expect(await send(body)).toEqual({ status: 200, text: "restarted checkout; ended: errors\n" });
    expect((await send(body)).text).toContain("was done already");
    expect(asked).toEqual(["DELETE /faults?target=checkout"]);
    const calls = (await (await fetch(`${url}/actions`)).json()) as object[];
    expect(calls).toMatchObject([
      { run: body.run, service: "checkout", did: "restarted checkout; ended: errors" },
    ]);
  });

  it("only says what it would do in a dry run", async () => {
    asked.length = 0;
    expect((await send(call({ dryRun: true }))).text).toBe("dry run: would restart checkout\n");
    expect(asked).toEqual([]);
  });

  it("refuses another key, an old call and a changed body", async () => {
    asked.length = 0;
    const body = call();
    const changed = JSON.stringify({ ...body, service: "search" });
    expect((await send(body, { key: "another" })).status).toBe(401);
    expect((await send(body, { atMs: Date.now() - 6 * 60_000 })).status).toBe(401);
    expect((await send(body, { text: changed })).status).toBe(401);
    expect((await fetch(`${url}/actions/restart`, { method: "POST", body: changed })).status).toBe(401);
    expect(asked).toEqual([]);
  });
});
