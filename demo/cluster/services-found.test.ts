import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { servicesFound } from "./services-found.ts";

let server: Server;
afterEach(() => server.close());

/** Answers one list of names per request, the last one for ever. */
async function answering(lists: string[][]): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  server = createServer((_request, response) => {
    const names = lists[Math.min(asked, lists.length - 1)] ?? [];
    asked += 1;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: { services: names.map((name) => ({ name })) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

const target = (service: string) => ({ job: "services", instance: service, path: "/", labels: { service } });

it("waits until every scraped service is known", async () => {
  const { url, asked } = await answering([[], ["auth"], ["auth", "web", "other"]]);
  await servicesFound({ url, token: "bl_t" }, [target("auth"), target("web")], new AbortController().signal);
  expect(asked()).toBe(3);
});

it("ends when the demo is stopped", async () => {
  const { url } = await answering([[]]);
  await servicesFound({ url, token: "bl_t" }, [target("auth")], AbortSignal.abort());
});
