import "server-only";
import type { ApiToken } from "#lib/contracts/access.ts";
import { covers } from "#lib/domain/access/permissions.ts";
import { KnownRoles } from "#lib/server/db/person.repo.ts";
import type { TokenRecord } from "#lib/server/db/token.repo.ts";

function stateOf({ revokedAt, expiresAt, owner, role }: TokenRecord, now: Date): ApiToken["state"] {
  if (revokedAt !== null) return "revoked";
  if (expiresAt !== null && expiresAt <= now) return "expired";
  const powerless = owner.disabledAt !== null || !covers(KnownRoles.parse(owner.roles), role);
  return powerless ? "powerless" : "active";
}

/** A token as the pages show it, with what it is worth at `now`. */
export function toApiToken(record: TokenRecord, now: Date): ApiToken {
  const { id, name, hint, role, scopes, matchers, owner } = record;
  return {
    id,
    name,
    hint,
    role,
    scopes,
    matchers,
    owner: { id: owner.id, name: owner.name },
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
    revokedAt: record.revokedAt?.toISOString() ?? null,
    state: stateOf(record, now),
  };
}
