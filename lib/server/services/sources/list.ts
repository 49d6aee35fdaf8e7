import "server-only";
import type { SourceEntry } from "#lib/contracts/access.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";

function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href.replace(/\/+$/, "");
}

function authOf({ bearerToken, basicAuth }: SourceSettings): SourceEntry["auth"] {
  if (bearerToken !== undefined) return "bearer";
  return basicAuth === undefined ? "none" : "basic";
}

/** The configured sources in the order of the settings; nothing in the answer is a secret. */
export async function listSources(actor: Actor): Promise<{ sources: SourceEntry[] }> {
  authorize(actor, "sources:read");
  const sources = settings().sources.map((source) => ({
    kind: source.kind,
    name: source.name,
    url: withoutCredentials(source.url),
    auth: authOf(source),
    tenant: source.tenant ?? null,
    ownCa: source.caFile !== undefined,
  }));
  return { sources };
}
