import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCatcher } from "./catcher.ts";

const server = createCatcher();
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it("keeps what is sent to a room, the newest first, and nothing else", async () => {
  const send = (path: string, body: string) =>
    fetch(url + path, { method: "POST", body, headers: { "idempotency-key": `key of ${body}` } });
  expect((await send("/hook/on-call", "one")).status).toBe(200);
  expect((await send("/hook/team", "two")).status).toBe(200);
  expect((await send("/elsewhere", "three")).status).toBe(404);
  const messages = (await (await fetch(`${url}/messages`)).json()) as object[];
  expect(messages).toMatchObject([
    { room: "team", body: "two", idempotencyKey: "key of two" },
    { room: "on-call", body: "one", idempotencyKey: "key of one" },
  ]);
});
