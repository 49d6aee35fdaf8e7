import { createHash } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { setSecurityHeaders } from "#lib/server/listener/security-headers.ts";
import { EXPORT_STYLE } from "./export-style.ts";

function policyOf(url: string): string {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  setSecurityHeaders(response, url, null);
  return String(response.getHeader("content-security-policy"));
}

describe("the exported page", () => {
  it.each(["/api/v1/incidents/INC-1/postmortem.html", "/api/v1/incidents/INC-1/postmortem.html?x=1"])(
    "may be styled by its own style, and nothing else: %s",
    (url) => {
      const hash = createHash("sha256").update(EXPORT_STYLE).digest("base64");
      expect(policyOf(url)).toContain(`style-src 'sha256-${hash}'`);
      expect(policyOf(url)).toMatch(/^default-src 'none';/);
      expect(policyOf(url)).not.toContain("script-src");
    },
  );

  it.each([
    "/api/v1/incidents/INC-1/postmortem.md",
    "/api/v1/incidents?x=/api/v1/incidents/INC-1/postmortem.html",
    "/api/v1/incidents/a/b/postmortem.html",
  ])("is no other one: %s", (url) => {
    expect(policyOf(url)).toBe("default-src 'none'; frame-ancestors 'none'");
  });
});
