import "server-only";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { handlePublic } from "#lib/server/handle.ts";
import { beginOidc } from "../begin.ts";
import { finishOidc } from "../finish.ts";
import { type App, Browser } from "./browser.ts";

const PORT = "3999";
export const ORIGIN = `http://localhost:${PORT}`;
export const CALLBACK = `${ORIGIN}/api/auth/callback/oidc`;
const APP: App = { origin: ORIGIN, begin: handlePublic(beginOidc), finish: handlePublic(finishOidc) };
export const CLIENT = { id: "burnline", secret: "secret of the client: 100 % (of) it" };

/** Puts settings with this issuer in force for this process. */
export function configure(issuer: string, more: Record<string, string> = {}): void {
  const store = globalThis as unknown as Record<symbol, { value: unknown }>;
  const value = parseSettings({
    PORT,
    BURNLINE_SECRET: "a secret of thirty-two characters or more",
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_SCOPES: "openid profile email groups",
    OIDC_ROLES: "ops=sre;looks=viewer;cn=admins,dc=example=admin",
    LOG_LEVEL: "fatal",
    ...more,
  });
  store[Symbol.for("burnline.settings")] = { value };
}

export const ADMINS = "cn=admins,dc=example";

/** Nobody but an admin with an account; no limits used up. */
export async function emptyHouse(): Promise<void> {
  const store = globalThis as unknown as Record<symbol, unknown>;
  delete store[Symbol.for("burnline.rate-limits")];
  await db().user.deleteMany();
  await db().user.create({
    data: { id: "first", name: "First", email: "first@example.org", roles: ["admin"] },
  });
}

export const newBrowser = () => new Browser(APP);
export const locationOf = (response: Response) => response.headers.get("location");
export const sessionOf = (browser: Browser) => browser.jar(ORIGIN).get("burnline.session_token");

/** Who the browser is signed in as. */
export function whoIs(browser: Browser) {
  const cookie = [...browser.jar(ORIGIN)].map(([name, value]) => `${name}=${value}`).join("; ");
  return authenticate(new Headers({ cookie }));
}

export const lastRecord = () => db().auditEntry.findFirst({ orderBy: { seq: "desc" } });
export const personOf = (email: string) => db().user.findUnique({ where: { email } });
