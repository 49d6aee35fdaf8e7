import "server-only";
import { createHash } from "node:crypto";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { twoFactor } from "better-auth/plugins/two-factor";
import { MIN_PASSWORD_LENGTH } from "#lib/domain/access/password.ts";
import { db } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import { secrets } from "#lib/server/secrets/keys.ts";
import { singleton } from "#lib/server/singleton.ts";
import { verifiedSessions } from "./oidc/session-plugin.ts";
import { hashPassword, verifyPassword } from "./password.ts";

const DAY_SECONDS = 86_400;
const SESSION_SECONDS = 7 * DAY_SECONDS;
/** How exactly "last used" is known. */
const SESSION_TOUCH_SECONDS = 300;

/** A number that stays with a secret through every rotation, for what was sealed with it names it. */
function versionOf(secret: string): number {
  return parseInt(createHash("sha256").update(secret).digest("hex").slice(0, 7), 16);
}

/** Where people reach us: the public address, else loopback. */
export function publicOrigin(): string {
  const { publicUrl, port } = settings();
  return publicUrl ?? `http://localhost:${port}`;
}

function createAuth(client: ReturnType<typeof db>) {
  const origin = publicOrigin();
  return betterAuth({
    appName: "Burnline",
    baseURL: origin,
    basePath: "/api/auth",
    secrets: secrets().map((value) => ({ version: versionOf(value), value })),
    database: prismaAdapter(client, { provider: "postgresql", transaction: true }),
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Ours count by account and by address, at the verbs that call this library.
    rateLimit: { enabled: false },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_TOUCH_SECONDS },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      additionalFields: {
        roles: { type: "string[]", required: true, input: false },
        mustChangePassword: { type: "boolean", required: false, input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
    },
    advanced: {
      // A session with its person in one query instead of two: every request begins with it.
      database: { joins: true },
      cookiePrefix: "burnline",
      useSecureCookies: origin.startsWith("https:"),
      // The listener overwrites this header with the address it vouches for.
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"], ipv6Subnet: 128 },
    },
    databaseHooks: {
      session: {
        create: {
          // The one place that every way in has to pass.
          before: async ({ userId }) => {
            const where = { id: userId, disabledAt: null };
            return (await client.user.findUnique({ where, select: { id: true } })) !== null;
          },
        },
      },
    },
    plugins: [twoFactor({ issuer: "Burnline" }), verifiedSessions()],
  });
}
export type Auth = ReturnType<typeof createAuth>;

/** The library that keeps accounts and sessions, over the connected database. */
export function auth(): Auth {
  const known = singleton("auth", () => new WeakMap<object, Auth>());
  const client = db();
  const existing = known.get(client);
  if (existing) return existing;
  const created = createAuth(client);
  known.set(client, created);
  return created;
}
