import http from "node:http";
import { BlockList, type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkTarget, createOutbound, type Outbound } from "./fetch.ts";

const NONE = new BlockList();
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
/** Stands for a public address: one of those that lead nowhere, so that no test speaks to a stranger. */
const PUBLIC = "198.51.100.1";
const NOWHERE = new BlockList();
NOWHERE.addAddress(PUBLIC, "ipv4");

/** An inner service, and what reached it. */
const inner = http.createServer();
let port = 0;
let reached: string[] = [];
let respond: http.RequestListener;
let ways: Outbound[] = [];

beforeAll(async () => {
  inner.on("request", (request, response) => {
    reached.push(`${request.method} ${request.url}`);
    respond(request, response);
  });
  await new Promise<void>((resolve) => inner.listen(0, "127.0.0.1", resolve));
  port = (inner.address() as AddressInfo).port;
});
afterAll(() => {
  inner.closeAllConnections();
  inner.close();
});
beforeEach(() => {
  reached = [];
  respond = (_, response) => response.end("inner secret");
});
afterEach(async () => {
  await Promise.all(ways.map((way) => way.close()));
  ways = [];
});

/** A way out whose names resolve to these addresses, one answer after the other. */
function way(
  allowed: BlockList,
  ...answers: string[][]
): { lookups: () => number; fetch: (url: string, timeoutMs?: number) => ReturnType<Outbound["fetch"]> } {
  let lookups = 0;
  const lookup = async () => {
    const answer = answers[Math.min(lookups, answers.length - 1)] ?? [];
    lookups += 1;
    return answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  const out = createOutbound({ allowed, ...(answers.length > 0 && { lookup }) });
  ways.push(out);
  const signal = new AbortController().signal;
  return {
    lookups: () => lookups,
    fetch: (url, timeoutMs = 2_000) => out.fetch({ url, method: "GET", timeoutMs, signal }),
  };
}

const at = (host: string) => `http://${host}:${port}/x`;

describe("SSRF", () => {
  it("by DNS rebinding: what was judged is what is connected to", async () => {
    const { fetch, lookups } = way(NOWHERE, [PUBLIC], ["127.0.0.1"]);
    await expect(fetch(at("rebind.example"), 300)).rejects.toMatchObject({
      code: expect.stringMatching(/^upstream_/),
    });
    expect(lookups()).toBe(1);
    await expect(fetch(at("rebind.example"), 300)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("127.0.0.1"),
    });
    expect(reached).toEqual([]);
  });

  it("by a name that has a public and an inner address: the inner one is never tried", async () => {
    const { fetch } = way(NOWHERE, ["127.0.0.1", PUBLIC, "::1"]);
    await expect(fetch(at("both.example"), 300)).rejects.toMatchObject({
      code: expect.stringMatching(/^upstream_/),
    });
    expect(reached).toEqual([]);
  });

  it.each(["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])(
    "by a name for %s",
    async (address) => {
      const { fetch } = way(NONE, [address]);
      await expect(fetch(at("inner.example"))).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringContaining(`inner.example is ${address}`),
      });
      expect(reached).toEqual([]);
    },
  );

  it("by a redirect to an inner address, or to anything else", async () => {
    for (const location of [
      at("127.0.0.1"),
      "http://169.254.169.254/latest/meta-data/",
      "/elsewhere",
      "//[::1]/",
    ]) {
      for (const status of [301, 302, 303, 307, 308]) {
        reached = [];
        respond = (request, response) =>
          request.url === "/x" && reached.length === 1
            ? response.writeHead(status, { location }).end()
            : response.end("inner secret");
        await expect(way(LOOPBACK).fetch(at("127.0.0.1"))).rejects.toMatchObject({
          code: "upstream_error",
          message: expect.stringContaining(`HTTP ${status}, a redirect`),
        });
        expect(reached).toEqual(["GET /x"]);
      }
    }
  });

  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "１２７.０.０.１",
    "[::1]",
    "[::]",
    "0.0.0.0",
    "0",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "localhost",
    "LOCALHOST",
    "a@127.0.0.1",
  ])("by the address %s", async (host) => {
    const { fetch } = way(NONE);
    await expect(fetch(at(host))).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path: "url" })],
    });
    expect(reached).toEqual([]);
  });
});

describe("checkTarget", () => {
  it.each([
    "ftp://a.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "not an address",
    "",
    "http://",
    "http://u:p@a.example/",
    "http://u@a.example/",
    "http://10.1.2.3/",
  ])("refuses %s and names the field", (url) => {
    expect(() => checkTarget(url, NONE, "sink.url")).toThrow(
      expect.objectContaining({ code: "invalid", fields: [expect.objectContaining({ path: "sink.url" })] }),
    );
  });

  it("lets public addresses and names through", () => {
    expect(checkTarget("https://hooks.example/a?b", NONE).href).toBe("https://hooks.example/a?b");
    expect(checkTarget("http://1.1.1.1:8080/", NONE).port).toBe("8080");
    expect(checkTarget("http://127.0.0.1/", LOOPBACK).hostname).toBe("127.0.0.1");
  });
});

describe("an outbound request", () => {
  it("reaches a network that the operator allows, by address and by name, under our own name", async () => {
    respond = (request, response) => response.writeHead(201).end(JSON.stringify(request.headers));
    const answer = await way(LOOPBACK).fetch(at("127.0.0.1"));
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text)).toMatchObject({
      "user-agent": "Burnline",
      "accept-encoding": "identity",
    });
    const { fetch } = way(LOOPBACK, ["10.0.0.1", "127.0.0.1"]);
    expect((await fetch(at("lan.example"))).status).toBe(201);
    expect(reached).toHaveLength(2);
  });

  it.each<[string, http.RequestListener]>([
    ["does not answer", () => undefined],
    ["never ends", (_, response) => response.writeHead(200).write("x")],
  ])("gives up on whoever %s", async (_, behaviour) => {
    respond = behaviour;
    await expect(way(LOOPBACK).fetch(at("127.0.0.1"), 200)).rejects.toMatchObject({
      code: "upstream_timeout",
    });
  });

  it("reads no more than it has use for, and says nothing of what it read", async () => {
    respond = (_, response) => response.end("secret".repeat(20_000));
    const attempt = way(LOOPBACK).fetch(at("127.0.0.1"));
    await expect(attempt).rejects.toMatchObject({
      code: "upstream_error",
      message: expect.not.stringContaining("secret"),
    });
  });

  it("tells that nobody listens, and that a name does not exist", async () => {
    await expect(way(LOOPBACK).fetch("http://127.0.0.1:1/")).rejects.toMatchObject({
      code: "upstream_unavailable",
      message: "it cannot be reached: ECONNREFUSED",
    });
    await expect(way(NONE, []).fetch("http://nobody.example/")).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("no address"),
    });
  });

  it("ends when whoever asked leaves", async () => {
    respond = () => leaving.abort();
    const leaving = new AbortController();
    const out = createOutbound({ allowed: LOOPBACK });
    ways.push(out);
    const asked = out.fetch({
      url: at("127.0.0.1"),
      method: "GET",
      timeoutMs: 5_000,
      signal: leaving.signal,
    });
    await expect(asked).rejects.toMatchObject({ code: "cancelled" });
  });
});
