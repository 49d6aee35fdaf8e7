import "server-only";
import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { ProtectionRuleRequested } from "#lib/contracts/forges.ts";
import { fitLines } from "#lib/domain/notifications/message.ts";
import type { GitHubSettings } from "#lib/server/env-forges.ts";
import { parseInput } from "#lib/server/errors.ts";
import { callForge, toldBy } from "./call.ts";
import type { Forge, Held, Telling } from "./forge.ts";
import { createTokenSource, GITHUB_HEADERS } from "./github-token.ts";
import { parseEvent } from "./parse-event.ts";
import { isSameSecret } from "./same-secret.ts";

// GitHub's limits: "Creating custom deployment protection rules" of its documentation.
const MOST_REPORTS = 10;
const MOST_CHARACTERS = 1_024;
const EVENT = "deployment_protection_rule";
/** Below the API's base; owner and name as GitHub allows them. */
const CALLBACK_PATH = /^\/repos\/[\w.-]+\/[\w.-]+\/actions\/runs\/(\d+)\/deployment_protection_rule$/;

const Callback = z.object({ url: z.string(), installationId: z.int(), repositoryId: z.int() });

/** Text as text in GitHub's Markdown: no markup, no mention, no reference. */
export function githubText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, (sign) => `\\${sign}`).replaceAll("@", "@\u2060");
}

/**
 * Whether an address that an event names is one to answer at: of the API that the settings name, nothing else there,
 * and written as it would be called.
 */
export function isCallback(text: string, apiUrl: string): boolean {
  const url = URL.parse(text);
  const base = new URL(apiUrl);
  if (url?.href !== text || url.origin !== base.origin || url.username + url.password !== "") return false;
  const basePath = base.pathname.replace(/\/$/, "");
  if (!url.pathname.startsWith(`${basePath}/`) || url.search + url.hash !== "") return false;
  return CALLBACK_PATH.test(url.pathname.slice(basePath.length));
}

/** The page of the workflow's run that the callback belongs to. */
function runPage(event: ProtectionRuleRequested): string | null {
  const callback = new URL(event.deployment_callback_url);
  const run = /\/actions\/runs\/(\d+)\//.exec(callback.pathname)?.[1];
  if (run === undefined || callback.hostname !== "api.github.com") return null;
  return `https://github.com/${event.repository.full_name}/actions/runs/${run}`;
}

function heldBy(event: ProtectionRuleRequested, body: Uint8Array): Held {
  const { deployment, repository, environment, sender, installation } = event;
  return {
    // A repeated delivery is the same bytes; its id is not signed, so it proves nothing.
    key: createHash("sha256").update(body).digest("hex"),
    deployment: {
      repository: repository.full_name,
      environment,
      ref: deployment.ref,
      commit: deployment.sha,
      requestedBy: `github:${sender.login}`,
      link: runPage(event),
      callback: {
        url: event.deployment_callback_url,
        installationId: installation.id,
        repositoryId: repository.id,
      },
    },
  };
}

function commentOf({ headline, link, points }: Telling): string {
  const shown = link === null ? [] : ["", `[The decision in Burnline](${link})`];
  const reasons = points.map((point) => `- ${githubText(point)}`);
  return fitLines([`**${githubText(headline)}**`, ...shown, "", ...reasons], MOST_CHARACTERS);
}

/** GitHub's deployment protection rules, answered by a GitHub App. */
export function createGitHub(settings: GitHubSettings): Forge {
  const tokens = createTokenSource(settings);
  return {
    isGenuine: (headers, body) => {
      const mac = createHmac("sha256", settings.webhookSecret).update(body).digest("hex");
      return isSameSecret(headers.get("x-hub-signature-256"), `sha256=${mac}`);
    },
    read: (headers, body) => {
      if (headers.get("x-github-event") !== EVENT) return null;
      const event = parseEvent(body);
      return event.action === "requested" ? heldBy(parseInput(ProtectionRuleRequested, event), body) : null;
    },
    mostReports: MOST_REPORTS,
    tell: async ({ environment, callback }, telling, means) => {
      const { url, ...installation } = Callback.parse(callback);
      if (!isCallback(url, settings.apiUrl)) {
        const detail = `its callback is no deployment_protection_rule of ${settings.apiUrl}`;
        return { outcome: "dead", detail };
      }
      const token = await tokens.tokenFor(installation, means);
      if (!token.ok) return toldBy(token);
      const answer = await callForge(
        {
          url,
          headers: { ...GITHUB_HEADERS, authorization: `Bearer ${token.text}` },
          body: {
            environment_name: environment,
            comment: commentOf(telling),
            ...(telling.state === null ? {} : { state: telling.state }),
          },
        },
        means,
      );
      if (!answer.ok && answer.status === 401) tokens.forget(installation);
      return toldBy(answer);
    },
  };
}
