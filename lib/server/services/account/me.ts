import "server-only";
import type { Me } from "#lib/contracts/access.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { read } from "#lib/server/db/client.ts";
import { findPerson, type PersonRecord } from "#lib/server/db/person.repo.ts";
import type { Caller } from "#lib/server/handle.ts";

function accountOf(
  person: PersonRecord | null,
): Pick<Me, "name" | "email" | "hasPassword" | "hasSecondFactor"> {
  if (!person) return { name: null, email: null, hasPassword: false, hasSecondFactor: false };
  const { name, email, accounts, twoFactorEnabled } = person;
  const hasPassword = accounts.some(({ providerId }) => providerId === "credential");
  return { name, email, hasPassword, hasSecondFactor: twoFactorEnabled ?? false };
}

/** Whoever `actor` is, as the pages show it. */
export async function describeActor(actor: Actor): Promise<Me> {
  const person = actor.kind === "anonymous" ? null : await read((tx) => findPerson(tx, actor.id));
  return {
    kind: actor.kind === "system" ? "token" : actor.kind,
    id: actor.id,
    roles: [...actor.roles],
    scopes: actor.scopes === "all" ? "all" : [...actor.scopes],
    mustChangePassword: actor.mustChangePassword ?? false,
    ...accountOf(person),
  };
}

/** Who asks; null for nobody we know. */
export async function getMe(_input: unknown, caller: Caller): Promise<{ me: Me | null }> {
  const actor = await authenticate(caller.headers);
  return { me: actor && (await describeActor(actor)) };
}
