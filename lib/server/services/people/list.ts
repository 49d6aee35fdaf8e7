import "server-only";
import type { Person } from "#lib/contracts/access.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findPeople } from "#lib/server/db/person.repo.ts";
import { toPerson } from "./entry.ts";

/** Everybody with an account, by name. */
export async function listPeople(actor: Actor): Promise<{ people: Person[] }> {
  authorize(actor, "people:read");
  const people = await read((tx) => findPeople(tx, new Date()));
  return { people: people.map(toPerson) };
}
