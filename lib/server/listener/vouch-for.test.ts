import type { IncomingMessage } from "node:http";
import { BlockList } from "node:net";
import { describe, expect, it } from "vitest";
import { clientAddress, vouchFor, webHeaders } from "./vouch-for.ts";

const PROXY = "10.0.0.1";
const trusted = new BlockList();
trusted.addSubnet("10.0.0.0", 8);
trusted.addAddress("2001:db8::1", "ipv6");

const request = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers: { ...headers } }) as unknown as IncomingMessage;
const addressOf = (remoteAddress: string, forwarded?: string, list = trusted) =>
  clientAddress(
    request(remoteAddress, forwarded === undefined ? {} : { "x-forwarded-for": forwarded }),
    list,
  );

describe("clientAddress", () => {
  it.each([
    ["a direct client", "192.0.2.7", undefined, "192.0.2.7"],
    ["a direct client who claims to be another", "192.0.2.7", "203.0.113.9", "192.0.2.7"],
    ["a dual-stack socket", "::ffff:192.0.2.7", undefined, "192.0.2.7"],
    ["one behind the proxy", PROXY, "203.0.113.9", "203.0.113.9"],
    ["a claim in front of what the proxy added", PROXY, "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    ["two proxies", PROXY, "203.0.113.9, 10.2.2.2", "203.0.113.9"],
    ["a claim to be a proxy", PROXY, "10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["IPv6 behind an IPv6 proxy", "2001:db8::1", "2001:db8:1::5", "2001:db8:1::5"],
    ["nonsense where the client should be", PROXY, "unknown, 10.2.2.2", "10.2.2.2"],
    ["the proxy itself", PROXY, undefined, PROXY],
  ])("is right for %s", (_, socket, forwarded, expected) => {
    expect(addressOf(socket, forwarded)).toBe(expected);
  });

  it("believes nobody unless told to", () => {
    expect(addressOf(PROXY, "203.0.113.9", new BlockList())).toBe(PROXY);
  });
});

describe("vouchFor", () => {
  it("replaces whatever the client wrote into the headers that others rely on", () => {
    const spoofed = request("192.0.2.7", {
      "x-request-id": "mine",
      "x-forwarded-for": "127.0.0.1",
      "x-real-ip": "127.0.0.1",
      forwarded: "for=127.0.0.1",
      "x-forwarded-host": "evil.example",
      "x-path": "/settings",
      accept: "*/*",
    });
    vouchFor(spoofed, "ours", new BlockList());
    expect(Object.fromEntries(webHeaders(spoofed))).toEqual({
      "x-request-id": "ours",
      "x-forwarded-for": "192.0.2.7",
      accept: "*/*",
    });
  });
});
