import "server-only";
import { z } from "zod";
import { Email, PersonName, type Role } from "#lib/contracts/access.ts";
import { ROLES } from "#lib/domain/access/permissions.ts";
import type { OidcSettings } from "#lib/server/env-access.ts";

/** Somebody as the issuer describes them. */
export interface Identity {
  subject: string;
  email: string;
  /** Whether the issuer vouches for the address being theirs. */
  emailVerified: boolean;
  name: string;
  roles: Role[];
}

type Claims = Readonly<Record<string, unknown>>;

const Groups = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

/** Whether the ID token leaves open what an identity needs, so that userinfo must be asked. */
export function needsUserinfo(idToken: Claims, groupsClaim: string): boolean {
  return idToken["email"] === undefined || idToken[groupsClaim] === undefined;
}

/** The roles that groups stand for, in the order of the roles. */
export function rolesOf(groups: readonly string[], mapping: OidcSettings["roles"]): Role[] {
  return ROLES.filter((role) => mapping.some((entry) => entry.role === role && groups.includes(entry.group)));
}

/**
 * Reads an identity from the ID token, then from userinfo; an address and the word that it is verified are taken from the
 * same one of the two. Names that are unfit to be shown give way to the address.
 * @returns null without an e-mail address
 */
export function identityOf(
  idToken: Claims & { sub: string },
  userinfo: Claims,
  { groupsClaim, roles }: Pick<OidcSettings, "groupsClaim" | "roles">,
): Identity | null {
  const withEmail = idToken["email"] === undefined ? userinfo : idToken;
  const email = Email.safeParse(withEmail["email"]).data;
  if (email === undefined) return null;
  const groups = Groups.safeParse(idToken[groupsClaim] ?? userinfo[groupsClaim]).data ?? [];
  return {
    subject: idToken.sub,
    email,
    emailVerified: withEmail["email_verified"] === true,
    name: PersonName.safeParse(idToken["name"] ?? userinfo["name"]).data ?? email.slice(0, 100),
    roles: rolesOf(groups, roles),
  };
}
