import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { respondProblem } from "#lib/server/listener/respond.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { emptyTimelines } from "#lib/server/testing/timelines.ts";
import { handleAlertmanagerWebhook } from "./webhook.ts";

const TOKEN: Actor = { ...personWith("sre"), kind: "token", tokenId: "t1", scopes: ["webhook"] };
const BODY = JSON.stringify({ version: "4", alerts: [] });

let disconnect: () => Promise<void>;
let url = "";
let database = "";
let actor = TOKEN;
const server = http.createServer((request, response) => {
  handleAlertmanagerWebhook(request, response, actor).catch((error: unknown) =>
    respondProblem(response, error, "request-under-test"),
  );
});
beforeAll(async () => {
  database = await freshDatabase();
  disconnect = connectDatabase(database);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/alertmanager`;
});
afterAll(async () => {
  server.close();
  await disconnect();
});
beforeEach(async () => {
  actor = TOKEN;
  await emptyTimelines();
});

const deliver = (body = BODY, query = "") => fetch(url + query, { method: "POST", body });
const kept = () => db().alertDelivery.findMany({ orderBy: { id: "asc" } });

it("writes down what came, whatever it is, and answers 200", async () => {
  for (const body of [BODY, "{", ""]) expect((await deliver(body)).status).toBe(200);
  expect((await kept()).map(({ body, source, processedAt }) => [body, source, processedAt])).toEqual([
    [BODY, "default", null],
    ["{", "default", null],
    ["", "default", null],
  ]);
});

it("keeps apart what several Alertmanagers tell", async () => {
  expect((await deliver(BODY, "?source=rack-2")).status).toBe(200);
  const refused = await deliver(BODY, "?source=Rack%202");
  expect([refused.status, ((await refused.json()) as { errors: object[] }).errors]).toMatchObject([
    422,
    [{ path: "source" }],
  ]);
  expect((await kept()).map(({ source }) => source)).toEqual(["rack-2"]);
});

it.each<[string, Actor, number]>([
  ["a viewer", VIEWER, 403],
  ["a token that is not for webhooks", { ...TOKEN, scopes: ["read", "write"] }, 403],
  ["an administrator", ADMIN, 200],
])("answers %s as it should", async (_, who, status) => {
  actor = who;
  expect((await deliver()).status).toBe(status);
  expect(await kept()).toHaveLength(status === 200 ? 1 : 0);
});

it("takes one megabyte of annotations, and refuses to be filled up", async () => {
  expect((await deliver("x".repeat(1_000_000))).status).toBe(200);
  expect((await deliver("x".repeat(33 * 1024 * 1024))).status).toBe(413);
  expect((await fetch(url)).status).toBe(405);
});

it("answers 503 while the database is away, so that it is delivered again", async () => {
  await disconnect();
  expect((await deliver()).status).toBe(503);
  disconnect = connectDatabase(database);
  expect((await deliver()).status).toBe(200);
});
