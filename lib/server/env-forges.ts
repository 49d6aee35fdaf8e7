import "server-only";
import { createPrivateKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { Email } from "#lib/contracts/access.ts";
import { CatalogueName } from "#lib/contracts/catalogue.ts";
import { ForgeName } from "#lib/contracts/forges.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const MIN_SECRET_LENGTH = 16;

const file = z.string().min(1);
const name = z.string().trim().min(1).max(255);
/** Tokens go there: encrypted, or to this machine. */
const apiBase = z
  .url({ protocol: /^https?$/, error: "must be an https address" })
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === "https:" || LOOPBACK.has(hostname), "must be https")
  .refine(({ username, password, search, hash }) => username + password + search + hash === "", {
    error: "must be an address without credentials, query and fragment",
  })
  .transform(({ href }) => href.replace(/\/+$/, ""));

/** The file that BURNLINE_FORGES names. */
export const ForgesFile = z
  .strictObject({
    github: z
      .strictObject({
        /** The App's client id, or its number. */
        appId: z.union([z.string().min(1), z.int().min(1)]).transform(String),
        privateKeyFile: file,
        webhookSecretFile: file,
        apiUrl: apiBase.default("https://api.github.com"),
      })
      .optional(),
    gitlab: z
      .strictObject({
        url: apiBase.default("https://gitlab.com"),
        tokenFile: file,
        webhookTokenFile: file,
      })
      .optional(),
    deployments: z
      .array(
        z.strictObject({ forge: ForgeName, repository: name, environment: name, service: CatalogueName }),
      )
      .max(5_000),
    /** Who starts deployments there is who of ours: nobody approves their own release. */
    people: z
      .array(z.strictObject({ forge: ForgeName, login: name, email: Email }))
      .max(5_000)
      .default([]),
  })
  .superRefine((parsed, context) => {
    const seen = new Set<string>();
    for (const [index, { forge, repository, environment }] of parsed.deployments.entries()) {
      const complain = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: ["deployments", index, field], message });
      if (!parsed[forge]) complain("forge", `${forge} is not set up in this file`);
      const key = JSON.stringify([forge, repository.toLowerCase(), environment]);
      if (seen.has(key)) complain("environment", "names the same deployments as one before");
      seen.add(key);
    }
  });
type ForgesFile = z.infer<typeof ForgesFile>;

export interface GitHubSettings {
  appId: string;
  privateKey: KeyObject;
  webhookSecret: string;
  /** Without a slash at its end. */
  apiUrl: string;
}

export interface GitLabSettings {
  url: string;
  token: string;
  webhookToken: string;
}

/** The forges that hold deployments, and which service each deployment is of. Secrets in here are never logged. */
export interface ForgeSettings {
  github: GitHubSettings | null;
  gitlab: GitLabSettings | null;
  deployments: ForgesFile["deployments"];
  people: ForgesFile["people"];
}

/** Reads the secrets that the file refers to; `refuse` is called with what cannot be used. */
export function forgeSettings(
  { github, gitlab, deployments, people }: ForgesFile,
  readSecret: (file: string, setting: string) => string,
  refuse: (message: string) => never,
): ForgeSettings {
  const secret = (from: string, setting: string): string => {
    const text = readSecret(from, `BURNLINE_FORGES.${setting}`).trim();
    if (text.length >= MIN_SECRET_LENGTH) return text;
    return refuse(`BURNLINE_FORGES.${setting}: ${from} must hold ${MIN_SECRET_LENGTH} characters or more`);
  };
  const privateKey = (from: string): KeyObject => {
    const setting = "BURNLINE_FORGES.github.privateKeyFile";
    const pem = readSecret(from, setting);
    try {
      const key = createPrivateKey(pem);
      if (key.asymmetricKeyType === "rsa") return key;
    } catch {
      // What OpenSSL says of it helps nobody.
    }
    return refuse(`${setting}: ${from} holds no RSA private key in PEM`);
  };
  return {
    github: github
      ? {
          appId: github.appId,
          apiUrl: github.apiUrl,
          privateKey: privateKey(github.privateKeyFile),
          webhookSecret: secret(github.webhookSecretFile, "github.webhookSecretFile"),
        }
      : null,
    gitlab: gitlab
      ? {
          url: gitlab.url,
          token: secret(gitlab.tokenFile, "gitlab.tokenFile"),
          webhookToken: secret(gitlab.webhookTokenFile, "gitlab.webhookTokenFile"),
        }
      : null,
    deployments,
    people,
  };
}

/** Which service a deployment is of; null where the settings do not say. Forges ignore the case of repositories. */
export function serviceOfDeployment(
  settings: ForgeSettings | null,
  forge: ForgeName,
  held: { repository: string; environment: string },
): string | null {
  const found = settings?.deployments.find(
    (one) =>
      one.forge === forge &&
      one.repository.toLowerCase() === held.repository.toLowerCase() &&
      one.environment === held.environment,
  );
  return found?.service ?? null;
}
