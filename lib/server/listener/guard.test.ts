import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { guard } from "./guard.ts";

const request = (method: string, headers: Record<string, string>) =>
  ({ method, headers }) as unknown as IncomingMessage;
const allowed = (method: string, headers: Record<string, string>, publicUrl: string | null = null) => {
  try {
    guard(request(method, headers), "/", publicUrl);
    return true;
  } catch {
    return false;
  }
};

describe("guard", () => {
  it.each([
    ["GET", { host: "localhost:3000" }, true],
    ["GET", { host: "127.0.0.1:3000" }, true],
    ["GET", { host: "[::1]:3000" }, true],
    ["GET", { host: "evil.example:3000" }, false],
    ["GET", { host: "localhost.evil.example" }, false],
    ["GET", { host: "evil.example#localhost" }, false],
    ["GET", {}, false],
    ["POST", { host: "localhost:3000" }, true],
    ["POST", { host: "localhost:3000", origin: "http://localhost:3000" }, true],
    ["POST", { host: "localhost:3000", origin: "http://localhost:4000" }, false],
    ["POST", { host: "localhost:3000", origin: "null" }, false],
    ["POST", { host: "localhost:3000", origin: "http://evil.example" }, false],
    ["POST", { host: "localhost:3000", "sec-fetch-site": "cross-site" }, false],
    ["POST", { host: "localhost:3000", "sec-fetch-site": "same-site" }, false],
    ["POST", { host: "localhost:3000", "sec-fetch-site": "same-origin" }, true],
  ])("%s %j → %s", (method, headers, expected) => {
    expect(allowed(method, headers as Record<string, string>)).toBe(expected);
  });

  it("serves the public address once it is set", () => {
    expect(allowed("GET", { host: "sre.example.org" })).toBe(false);
    expect(allowed("GET", { host: "sre.example.org" }, "https://sre.example.org")).toBe(true);
  });

  it("takes writes of the public address from its own origin alone, scheme and port included", () => {
    const from = (origin: string) =>
      allowed("POST", { host: "sre.example.org", origin }, "https://sre.example.org");
    expect(from("https://sre.example.org")).toBe(true);
    expect(from("http://sre.example.org")).toBe(false);
    expect(from("https://sre.example.org:8443")).toBe(false);
  });

  it("lets probes ask by address, and nothing else", () => {
    const byAddress =
      (path: string, method = "GET") =>
      () =>
        guard(request(method, { host: "10.1.2.3:3000" }), path, null);
    expect(byAddress("/api/health/live")).not.toThrow();
    expect(byAddress("/api/health/ready")).not.toThrow();
    expect(byAddress("/api/health/live", "POST")).toThrow();
    expect(byAddress("/api/health/live/../../v1/me")).toThrow();
  });
});
