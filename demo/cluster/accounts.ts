import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ApiToken, CreatedPerson, CreatedToken, Me, Person } from "#lib/contracts/access.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { Api, tokenClient } from "./api-client.ts";

interface DemoPerson {
  name: string;
  email: string;
  roles: Role[];
}

/** One person a role, the first being the administrator the app makes on its first start. */
const PEOPLE: readonly [DemoPerson, ...DemoPerson[]] = [
  { name: "Ada Lindqvist", email: "admin@demo.example", roles: ["admin"] },
  { name: "Sam Okafor", email: "sre@demo.example", roles: ["sre"] },
  { name: "Priya Nair", email: "owner@demo.example", roles: ["product_owner"] },
  { name: "Ren Castillo", email: "release@demo.example", roles: ["release_manager"] },
  { name: "Vic Moreau", email: "viewer@demo.example", roles: ["viewer"] },
];
const TOKEN_NAME = "demo";

const Kept = z.object({ password: z.string(), secret: z.string(), token: z.string() });
/** What a demo's accounts are made from: made once for each state folder, so that no two demos share a password. */
export type DemoSecrets = z.infer<typeof Kept>;

export interface DemoAccount {
  email: string;
  password: string;
  roles: string[];
}

const fileIn = (folder: string) => path.join(folder, "accounts.json");

function keep(folder: string, secrets: DemoSecrets): DemoSecrets {
  writeFileSync(fileIn(folder), `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  return secrets;
}

/** The secrets of this state folder; new ones where there are none. */
export function demoSecrets(folder: string): DemoSecrets {
  try {
    return Kept.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
  } catch {
    const random = () => randomBytes(24).toString("base64url");
    return keep(folder, {
      password: `demo-${randomBytes(6).toString("hex")}`,
      secret: random() + random(),
      token: "",
    });
  }
}

/** The settings that make the app create the first administrator. */
export function adminSettings({ password, secret }: DemoSecrets): Record<string, string> {
  return {
    BURNLINE_ADMIN_EMAIL: PEOPLE[0].email,
    BURNLINE_ADMIN_PASSWORD: password,
    // Where the database is not the embedded one, the app makes no secret of its own.
    ...(process.env.DATABASE_URL && !process.env.BURNLINE_SECRET ? { BURNLINE_SECRET: secret } : {}),
  };
}

/** Everybody who can sign in to this demo. */
export function demoAccounts({ password }: DemoSecrets): DemoAccount[] {
  return PEOPLE.map(({ email, roles }) => ({ email, password, roles }));
}

async function isWorking(appUrl: string, token: string): Promise<boolean> {
  if (token === "") return false;
  const answer = await tokenClient(appUrl, token)
    .ask(z.object({ me: Me.nullable() }), "GET", "/api/v1/me")
    .catch(() => null);
  return answer?.me?.roles.includes("admin") ?? false;
}

/** The app knows only the address of the administrator that its settings name. */
async function nameAdministrator(admin: Api, people: readonly z.infer<typeof Person>[]): Promise<void> {
  const [{ name, email }] = PEOPLE;
  const found = people.find((person) => person.email === email);
  if (!found || found.name === name) return;
  await admin.ask(Person, "PATCH", `/api/v1/people/${found.id}`, { name, version: found.version });
}

/** A given first password must be changed: the demo does that for everybody, so that one can look at once. */
async function addPerson(app: Api, admin: Api, person: DemoPerson, password: string): Promise<void> {
  const created = await admin.ask(CreatedPerson, "POST", "/api/v1/people", person);
  const session = await app.signIn(person.email, created.password);
  const change = { current: created.password, next: password };
  await session.ask(z.unknown(), "POST", "/api/v1/account/password", change);
  await admin.ask(z.unknown(), "DELETE", `/api/v1/people/${created.person.id}/sessions`);
}

/**
 * Makes the demo's people and an API token with the admin role, through the app's own API, unless they are
 * there; answers the secrets with the token in them.
 * @throws Error in the app's words, when its administrator's password is no longer the demo's
 */
export async function ensureAccounts(
  appUrl: string,
  folder: string,
  secrets: DemoSecrets,
): Promise<DemoSecrets> {
  if (await isWorking(appUrl, secrets.token)) return secrets;
  const app = new Api(appUrl);
  const admin = await app.signIn(PEOPLE[0].email, secrets.password);
  const { people } = await admin.ask(z.object({ people: z.array(Person) }), "GET", "/api/v1/people");
  const known = new Set(people.map(({ email }) => email));
  await nameAdministrator(admin, people);
  for (const person of PEOPLE) {
    if (!known.has(person.email)) await addPerson(app, admin, person, secrets.password);
  }
  const { tokens } = await admin.ask(z.object({ tokens: z.array(ApiToken) }), "GET", "/api/v1/tokens");
  for (const { id, name, state } of tokens) {
    if (name === TOKEN_NAME && state === "active")
      await admin.ask(ApiToken, "DELETE", `/api/v1/tokens/${id}`);
  }
  const wanted = {
    name: TOKEN_NAME,
    role: "admin",
    scopes: ["read", "query", "write", "webhook", "admin"],
    expiresInDays: null,
  };
  const { secret } = await admin.ask(CreatedToken, "POST", "/api/v1/tokens", wanted);
  // Nobody shall wonder whose the sessions are that only served to make this.
  await admin.ask(z.unknown(), "DELETE", "/api/v1/session");
  return keep(folder, { ...secrets, token: secret });
}
