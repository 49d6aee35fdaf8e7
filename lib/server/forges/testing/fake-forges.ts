import "server-only";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ForgeName } from "#lib/contracts/forges.ts";
import type { ForgeSettings } from "#lib/server/env-forges.ts";
import { type Catcher, type Caught, startCatcher } from "#lib/server/notify/testing/catcher.ts";
import { singleton } from "#lib/server/singleton.ts";

export const WEBHOOK_SECRET = "a-webhook-secret-of-ours";
export const WEBHOOK_TOKEN = "a-webhook-token-of-ours";
export const GITLAB_TOKEN = "glpat-invented-000000";
export const INSTALLATION_TOKEN = "ghs_invented0000000000000000000000000000";
const GITHUB = "https://api.github.com";

/** A recorded payload; of GitHub's, the callback is at `apiUrl`. */
export function recorded(file: string, apiUrl = GITHUB): string {
  return readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8").replaceAll(GITHUB, apiUrl);
}

/** The App's key pair, made once in a process. */
export function appKeys() {
  return singleton("test.app-keys", () => generateKeyPairSync("rsa", { modulusLength: 2_048 }));
}

/** Settings that lead to a server of our own. */
export function forgeSettingsAt(url: string): ForgeSettings {
  const deployment = { environment: "production" };
  return {
    github: {
      appId: "Iv23liInvented",
      privateKey: appKeys().privateKey,
      webhookSecret: WEBHOOK_SECRET,
      apiUrl: url,
    },
    gitlab: { url, token: GITLAB_TOKEN, webhookToken: WEBHOOK_TOKEN },
    deployments: [
      { ...deployment, forge: "github", repository: "Acme-Shop/Checkout", service: "checkout" },
      { ...deployment, forge: "gitlab", repository: "acme-shop/payments", service: "payments" },
    ],
    people: [],
  };
}

/** The same as a file for BURNLINE_FORGES, with its secrets beside it. */
export function forgesFileAt(url: string, people: ForgeSettings["people"] = []): string {
  const folder = mkdtempSync(path.join(tmpdir(), "burnline-forges-"));
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  const key = appKeys().privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const content = {
    github: {
      appId: "Iv23liInvented",
      apiUrl: url,
      privateKeyFile: file("app.pem", key),
      webhookSecretFile: file("webhook-secret", WEBHOOK_SECRET),
    },
    gitlab: {
      url,
      tokenFile: file("token", GITLAB_TOKEN),
      webhookTokenFile: file("webhook-token", WEBHOOK_TOKEN),
    },
    deployments: forgeSettingsAt(url).deployments,
    people,
  };
  // JSON is YAML as well.
  return file("forges.yaml", JSON.stringify(content));
}

/** The headers under which a forge delivers a body. */
export function eventHeaders(forge: ForgeName, body: string): Record<string, string> {
  const json = { "content-type": "application/json" };
  if (forge === "gitlab")
    return { ...json, "x-gitlab-event": "Deployment Hook", "x-gitlab-token": WEBHOOK_TOKEN };
  const mac = createHmac("sha256", WEBHOOK_SECRET).update(body).digest("hex");
  return {
    ...json,
    "x-github-event": "deployment_protection_rule",
    "x-github-delivery": "5f0c2b90-c6c1-11f0-8d3e-000000000001",
    "x-hub-signature-256": `sha256=${mac}`,
  };
}

/** A local server that answers as both forges do. */
export interface FakeForges {
  url: string;
  catcher: Catcher;
  /** How words and verdicts are answered; tokens are always given. */
  answer: (response: ServerResponse, caught: Caught) => void;
  /** The words and verdicts so far. */
  told: () => Caught[];
  /** How many tokens were asked for. */
  tokens: () => number;
}

const isTokenRequest = ({ path }: Caught) => path.endsWith("/access_tokens");

/** What the forges answer to a word or a verdict that they take. */
export function answerWell(response: ServerResponse, { path }: Caught): void {
  if (path.endsWith("/approval")) response.writeHead(201).end(recorded("gitlab-approval.json"));
  else response.writeHead(204).end();
}

export async function startFakeForges(): Promise<FakeForges> {
  const catcher = await startCatcher();
  const fake: FakeForges = {
    url: catcher.url,
    catcher,
    answer: answerWell,
    told: () => catcher.caught.filter((caught) => !isTokenRequest(caught)),
    tokens: () => catcher.caught.filter(isTokenRequest).length,
  };
  catcher.respond = (response, caught) => {
    if (isTokenRequest(caught)) response.writeHead(201).end(recorded("github-installation-token.json"));
    else fake.answer(response, caught);
  };
  return fake;
}
