import "server-only";
import { randomBytes, randomUUID, scryptSync } from "node:crypto";
import type { Problem } from "#lib/contracts/problem.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { auth } from "#lib/server/auth/auth.ts";
import { db } from "#lib/server/db/client.ts";

export const PASSWORD = "correct horse battery";
const SALT = randomBytes(16);
/** A hash names its own cost: hundreds of sign-ins need a cheap one. */
export const PASSWORD_HASH = [
  ...["scrypt", 1024, 8, 1, SALT.toString("base64url")],
  scryptSync(PASSWORD, SALT, 32, { N: 1024, r: 8, p: 1 }).toString("base64url"),
].join("$");

/** A person with an account and a session that runs. */
export interface SignedIn {
  id: string;
  email: string;
  headers: Record<string, string>;
}

type Answer = (
  request: Request,
  args: { params: Promise<Record<string, string | undefined>> },
) => Promise<Response>;

/** The cookies that signing in answers with. */
export async function signIn(email: string, password: string): Promise<Record<string, string>> {
  const response = await auth().api.signInEmail({ body: { email, password }, asResponse: true });
  if (!response.ok) throw new Error(`signing in answered ${response.status}`);
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0]);
  return { cookie: cookies.join("; ") };
}

/** Makes a person with these roles. */
export async function addPerson(
  roles: readonly Role[],
  more: { mustChangePassword?: boolean } = {},
): Promise<{ id: string; email: string }> {
  const id = randomUUID();
  const email = `${id}@example.org`;
  const account = { id, accountId: id, providerId: "credential", password: PASSWORD_HASH };
  const data = { id, name: `N ${id}`, email, roles: [...roles], ...more, accounts: { create: account } };
  await db().user.create({ data });
  return { id, email };
}

/** Makes a person with these roles, and signs them in. */
export async function signedIn(...roles: Role[]): Promise<SignedIn> {
  const person = await addPerson(roles);
  return { ...person, headers: await signIn(person.email, PASSWORD) };
}

/** Asks a route handler as the listener would, and reads its JSON. */
export async function ask<T = Problem>(
  handler: Answer,
  headers: Record<string, string>,
  input: { params?: Record<string, string>; body?: object } = {},
): Promise<{ status: number; body: T }> {
  const { params = {}, body } = input;
  const request = new Request("http://localhost/under-test", {
    method: body ? "POST" : "GET",
    headers: {
      ...headers,
      "x-forwarded-for": "192.0.2.7",
      ...(body && { "content-type": "application/json" }),
    },
    body: body ? JSON.stringify(body) : null,
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, body: (await response.json()) as T };
}
