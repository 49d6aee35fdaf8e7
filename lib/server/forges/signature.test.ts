import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createGitHub, githubText, isCallback } from "./github.ts";
import { createGitLab } from "./gitlab.ts";
import {
  eventHeaders,
  forgeSettingsAt,
  recorded,
  WEBHOOK_SECRET,
  WEBHOOK_TOKEN,
} from "./testing/fake-forges.ts";

const settings = forgeSettingsAt("https://api.github.com");
const github = createGitHub(settings.github!);
const gitlab = createGitLab(settings.gitlab!);
const BODY = recorded("github-protection-requested.json");
const mac = (body: string | Buffer, secret = WEBHOOK_SECRET, algorithm = "sha256") =>
  createHmac(algorithm, secret).update(body).digest("hex");
const bytes = (text: string) => new TextEncoder().encode(text);

describe("X-Hub-Signature-256", () => {
  it("is taken for the body as it came, whatever is in it", () => {
    for (const body of [BODY, "", '{"umlaut":"ä","emoji":"🛒","escaped":"\\u00e4"}', "\uFEFF{}"]) {
      const headers = new Headers(eventHeaders("github", body));
      expect([body, github.isGenuine(headers, bytes(body))]).toEqual([body, true]);
    }
  });

  it("is taken for bytes that are no text", () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    const headers = new Headers({ "x-hub-signature-256": `sha256=${mac(body)}` });
    expect(github.isGenuine(headers, body)).toBe(true);
  });

  it.each([
    ["missing", null],
    ["empty", ""],
    ["of another secret", `sha256=${mac(BODY, "another-secret-entirely")}`],
    ["of another body", `sha256=${mac(`${BODY} `)}`],
    ["of another algorithm", `sha1=${mac(BODY, WEBHOOK_SECRET, "sha1")}`],
    ["of another algorithm under our name", `sha256=${mac(BODY, WEBHOOK_SECRET, "sha1")}`],
    ["without the algorithm", mac(BODY)],
    ["truncated", `sha256=${mac(BODY).slice(0, -1)}`],
    ["the algorithm alone", "sha256="],
    ["too long", `sha256=${mac(BODY)}00`],
    ["twice", `sha256=${mac(BODY)}, sha256=${mac(BODY)}`],
    ["no hexadecimal", `sha256=${"z".repeat(64)}`],
  ])("is refused: %s", (_, signature) => {
    const headers = new Headers(signature === null ? {} : { "x-hub-signature-256": signature });
    expect(github.isGenuine(headers, bytes(BODY))).toBe(false);
  });

  it("is refused where the older header alone is right", () => {
    const headers = new Headers({ "x-hub-signature": `sha1=${mac(BODY, WEBHOOK_SECRET, "sha1")}` });
    expect(github.isGenuine(headers, bytes(BODY))).toBe(false);
  });
});

describe("X-Gitlab-Token", () => {
  it.each([
    ["ours", WEBHOOK_TOKEN, true],
    ["missing", null, false],
    ["empty", "", false],
    ["truncated", WEBHOOK_TOKEN.slice(0, -1), false],
    ["longer", `${WEBHOOK_TOKEN}x`, false],
    ["in capitals", WEBHOOK_TOKEN.toUpperCase(), false],
  ])("%s: %s", (_, token, genuine) => {
    const headers = new Headers(token === null ? {} : { "x-gitlab-token": token });
    expect(gitlab.isGenuine(headers, bytes("{}"))).toBe(genuine);
  });
});

describe("where GitHub may be answered", () => {
  const PATH = "/repos/acme-shop/checkout/actions/runs/7351924680/deployment_protection_rule";

  it.each([
    ["https://api.github.com", `https://api.github.com${PATH}`],
    ["https://github.example.com/api/v3", `https://github.example.com/api/v3${PATH}`],
  ])("below %s: %s", (base, url) => expect(isCallback(url, base)).toBe(true));

  it.each([
    `https://evil.example${PATH}`,
    `https://api.github.com.evil.example${PATH}`,
    `https://api.github.com@evil.example${PATH}`,
    `https://user:pass@api.github.com${PATH}`,
    `https://api.github.com:8443${PATH}`,
    `https://api.github.com:443${PATH}`,
    `http://api.github.com${PATH}`,
    `https://api.github.com${PATH}?to=evil`,
    `https://api.github.com${PATH}#x`,
    `https://api.github.com${PATH}/..`,
    `https://api.github.com/repos/acme-shop/checkout/../../user/keys`,
    `https://api.github.com/repos/acme-shop/checkout/%2e%2e/x/actions/runs/1/deployment_protection_rule`,
    `https://api.github.com/repos/acme-shop/checkout/actions/runs/1%2F2/deployment_protection_rule`,
    `https://api.github.com/x${PATH}`,
    `https://api.github.com\\@evil.example${PATH}`,
    `//evil.example${PATH}`,
    `javascript:alert(1)`,
    "",
  ])("nowhere else: %s", (url) => expect(isCallback(url, "https://api.github.com")).toBe(false));

  it.each([
    `https://github.example.com${PATH}`,
    `https://github.example.com/api/v3/../..${PATH}`,
    `https://github.example.com/api/v3x${PATH}`,
    `https://api.github.com${PATH}`,
  ])("nor beside an Enterprise server's base: %s", (url) =>
    expect(isCallback(url, "https://github.example.com/api/v3")).toBe(false),
  );
});

it("text of others is no Markdown, no link and mentions nobody", () =>
  expect(githubText("@acme **x** [a](https://b) <img> `c` #1")).toBe(
    "@\u2060acme \\*\\*x\\*\\* \\[a\\]\\(https://b\\) \\<img\\> \\`c\\` \\#1",
  ));
