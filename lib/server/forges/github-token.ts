import "server-only";
import { SignJWT } from "jose";
import { z } from "zod";
import type { GitHubSettings } from "#lib/server/env-forges.ts";
import type { Means } from "#lib/server/notify/channel.ts";
import { type Answer, callForge } from "./call.ts";

/** GitHub's clock may be behind ours; the whole may last ten minutes. */
const JWT_BACKDATED_SECONDS = 60;
const JWT_LASTS_SECONDS = 540;
/** A token that ends while it is on its way is worth nothing. */
const SPARE_MS = 5 * 60_000;
const MOST_KEPT = 1_000;

const InstallationToken = z.object({
  token: z.string().min(1),
  expires_at: z.iso.datetime({ offset: true }),
});

export const GITHUB_HEADERS = {
  accept: "application/vnd.github+json",
  "x-github-api-version": "2022-11-28",
} as const;

/** Which installation of the App, and the one repository that the token is good for. */
export interface Installation {
  installationId: number;
  repositoryId: number;
}

/** Tokens to answer with, each kept until shortly before it ends. */
export interface TokenSource {
  tokenFor: (of: Installation, means: Means) => Promise<Answer>;
  /** GitHub did not take it any more. */
  forget: (of: Installation) => void;
}

/** The App's own signature: RS256, by its private key. */
function appJwt({ appId, privateKey }: GitHubSettings, nowMs: number): Promise<string> {
  const issuedAt = Math.floor(nowMs / 1000) - JWT_BACKDATED_SECONDS;
  return new SignJWT()
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setIssuer(appId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + JWT_LASTS_SECONDS)
    .sign(privateKey);
}

function readToken(text: string): z.infer<typeof InstallationToken> | null {
  try {
    return InstallationToken.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Installation tokens of a GitHub App that may write deployments of one repository and nothing else. */
export function createTokenSource(app: GitHubSettings): TokenSource {
  const kept = new Map<string, { token: string; untilMs: number }>();
  const keyOf = ({ installationId, repositoryId }: Installation) => `${installationId}/${repositoryId}`;

  async function fetchToken(of: Installation, means: Means): Promise<Answer> {
    const answer = await callForge(
      {
        url: `${app.apiUrl}/app/installations/${of.installationId}/access_tokens`,
        headers: { ...GITHUB_HEADERS, authorization: `Bearer ${await appJwt(app, means.nowMs)}` },
        body: { repository_ids: [of.repositoryId], permissions: { deployments: "write" } },
      },
      means,
    );
    if (!answer.ok) return { ...answer, detail: `no installation token: ${answer.detail}` };
    const parsed = readToken(answer.text);
    if (!parsed) {
      const detail = "no installation token: the answer holds none";
      return { ok: false, status: null, outcome: "again", detail, afterMs: null };
    }
    const { token, expires_at } = parsed;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(keyOf(of), { token, untilMs: Date.parse(expires_at) - SPARE_MS });
    return { ok: true, text: token };
  }

  return {
    tokenFor: async (of, means) => {
      const found = kept.get(keyOf(of));
      if (found && means.nowMs < found.untilMs) return { ok: true, text: found.token };
      return fetchToken(of, means);
    },
    forget: (of) => void kept.delete(keyOf(of)),
  };
}
