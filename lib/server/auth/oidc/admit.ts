import "server-only";
import type { Role } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import * as repo from "#lib/server/db/oidc-person.repo.ts";
import { lockAdmins } from "#lib/server/db/person.repo.ts";
import { deleteFirstStartHashes, isFirstStart, lockFirstStart } from "#lib/server/db/sign-in.repo.ts";
import type { Caller } from "#lib/server/handle.ts";
import { personActor } from "#lib/server/services/account/record-sign-in.ts";
import type { Identity } from "./identity.ts";
import { SignInRefusal } from "./refusal.ts";

/** Somebody known is not let in; `personId` is who, for the record. */
export class PersonRefusal extends SignInRefusal {
  readonly personId: string;

  constructor(problem: "disabled" | "no_role" | "email_taken", detail: string, personId: string) {
    super(problem, detail);
    this.personId = personId;
  }
}

async function admitNew(
  tx: Transaction,
  subject: repo.Subject,
  identity: Identity,
  caller: Caller,
): Promise<string> {
  const { roles, email, emailVerified, name } = identity;
  await lockFirstStart(tx);
  const isFirst = await isFirstStart(tx);
  // Whoever comes first closes the set-up page, and would leave nobody to give roles.
  if (isFirst && !roles.includes("admin")) {
    throw new SignInRefusal("no_admin_yet", "nobody has an account yet and this one would be no admin");
  }
  const id = await repo.insertOidcPerson(tx, subject, { name, email, emailVerified, roles });
  if (id === null) throw new SignInRefusal("email_taken", "somebody got this address in the same moment");
  if (isFirst) await deleteFirstStartHashes(tx);
  await recordAudit(tx, personActor(id), caller, {
    action: "person.created",
    resource: { type: "person", id },
    after: { roles, with: "oidc" },
  });
  return id;
}

/** Groups decide, but for the one account that could still mend them: the last admin's, who has a password here. */
async function rolesFor(tx: Transaction, person: repo.OidcPerson, roles: readonly Role[]): Promise<Role[]> {
  if (!person.hasPassword || roles.includes("admin")) return [...roles];
  const admins = await lockAdmins(tx);
  const last = admins.length === 1 && admins[0] === person.id;
  return last ? [...roles, "admin"] : [...roles];
}

async function admitKnown(
  tx: Transaction,
  person: repo.OidcPerson,
  identity: Identity,
  caller: Caller,
  link: repo.Subject | null,
): Promise<string> {
  const { id } = person;
  if (person.disabled) throw new PersonRefusal("disabled", "the account is disabled", id);
  const roles = await rolesFor(tx, person, identity.roles);
  const changed = roles.length !== person.roles.length || roles.some((role) => !person.roles.includes(role));
  if (changed) await repo.replaceRoles(tx, id, roles);
  if (link) await repo.linkSubject(tx, id, link);
  if (changed || link) {
    await recordAudit(tx, personActor(id), caller, {
      action: link ? "person.linked" : "person.changed",
      resource: { type: "person", id },
      before: { roles: person.roles },
      after: { roles, with: "oidc" },
    });
  }
  return id;
}

/**
 * Finds the person an issuer vouches for, or makes one, with the roles of their groups. Somebody who has an account
 * already is taken to be the same person only if the issuer has verified the e-mail address.
 * @returns the person's id
 * @throws SignInRefusal `no_role`, `no_admin_yet`, `email_taken`, `disabled`
 */
export async function admit(
  tx: Transaction,
  issuer: string,
  identity: Identity,
  caller: Caller,
): Promise<string> {
  const subject = { issuer, subject: identity.subject };
  await repo.lockSubject(tx, subject);
  const known = await repo.findBySubject(tx, subject);
  if (identity.roles.length === 0) {
    if (known) throw new PersonRefusal("no_role", "no group with a role", known.id);
    throw new SignInRefusal("no_role", "no group with a role");
  }
  if (known) return admitKnown(tx, known, identity, caller, null);
  const namesake = await repo.findByEmail(tx, identity.email, issuer);
  if (!namesake) return admitNew(tx, subject, identity, caller);
  if (!identity.emailVerified || !namesake.linkable) {
    const why = identity.emailVerified ? "is another subject's" : "is not verified by the issuer";
    throw new PersonRefusal("email_taken", `the e-mail of an account that exists ${why}`, namesake.id);
  }
  return admitKnown(tx, namesake, identity, caller, subject);
}
