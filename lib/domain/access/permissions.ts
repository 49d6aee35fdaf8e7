export const ROLES = ["viewer", "sre", "product_owner", "release_manager", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be used for, beside what its role allows. */
export const SCOPES = ["read", "query", "write", "webhook", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

interface Rule {
  roles: readonly Role[];
  /** The scope a token needs; null: persons only. */
  scope: Scope | null;
  /** Whoever owns the resource may, whatever the roles, even before the first password is changed. */
  own?: true;
}

/** Every action there is, and who may take it. What is not listed does not exist. */
export const ACTIONS = {
  "measurements:read": { roles: ROLES, scope: "read" },
  "catalogue:read": { roles: ROLES, scope: "read" },
  "catalogue:write": { roles: ["sre", "admin"], scope: "write" },
  "slos:read": { roles: ROLES, scope: "read" },
  "slos:draft": { roles: ["sre", "product_owner", "admin"], scope: "write" },
  "slos:publish": { roles: ["product_owner", "admin"], scope: "write" },
  "alerts:deliver": { roles: ["sre", "admin"], scope: "webhook" },
  "alerts:read": { roles: ROLES, scope: "read" },
  "alerts:silence": { roles: ["sre", "admin"], scope: "write" },
  "rules:write": { roles: ["sre", "admin"], scope: "write" },
  "runbooks:write": { roles: ["sre", "admin"], scope: "write" },
  "actions:run": { roles: ["sre", "admin"], scope: "write" },
  /** Of these, those whom the action itself names. */
  "actions:approve": { roles: ROLES, scope: "write" },
  "incidents:read": { roles: ROLES, scope: "read" },
  "incidents:write": { roles: ["sre", "admin"], scope: "write" },
  "notifications:read": { roles: ["sre", "admin"], scope: "read" },
  "notifications:write": { roles: ["admin"], scope: "admin" },
  "gate:ask": { roles: ["sre", "product_owner", "release_manager", "admin"], scope: "write" },
  "releases:read": { roles: ROLES, scope: "read" },
  "releases:write": { roles: ["sre", "product_owner", "release_manager", "admin"], scope: "write" },
  "releases:approve": { roles: ["sre", "product_owner", "release_manager", "admin"], scope: null },
  "budget:spend": { roles: ["product_owner", "admin"], scope: null },
  "freezes:write": { roles: ["release_manager", "admin"], scope: "write" },
  "gate-policy:write": { roles: ["release_manager", "product_owner", "admin"], scope: null },
  "boards:read": { roles: ROLES, scope: "read" },
  "boards:write": { roles: ["sre", "product_owner", "release_manager", "admin"], scope: "write" },
  "queries:run": { roles: ROLES, scope: "query" },
  "operations:read": { roles: ROLES, scope: "read" },
  "sources:read": { roles: ["sre", "admin"], scope: "read" },
  "sources:test": { roles: ["sre", "admin"], scope: "admin" },
  "account:manage": { roles: [], scope: null, own: true },
  "sessions:manage": { roles: ["admin"], scope: "admin", own: true },
  "people:read": { roles: ["admin"], scope: "admin" },
  "people:write": { roles: ["admin"], scope: "admin" },
  "roles:read": { roles: ROLES, scope: "read" },
  "roles:write": { roles: ["admin"], scope: "admin" },
  "tokens:read": { roles: ["admin"], scope: "admin" },
  "tokens:write": { roles: ["admin"], scope: "admin" },
  "audit:read": { roles: ["admin"], scope: "admin" },
  "audit:write": { roles: ["admin"], scope: "admin" },
} as const satisfies Record<string, Rule>;
export type Action = keyof typeof ACTIONS;

/** Whoever asks, as far as permissions go. */
export interface Principal {
  id: string;
  roles: readonly Role[];
  /** "all" for persons; what a token was given; reading alone for the anonymous viewer. */
  scopes: readonly Scope[] | "all";
  /** A first password that must be changed before anything else is allowed. */
  mustChangePassword?: boolean;
}

/** A thing that belongs to somebody. */
export interface Owned {
  ownerId: string;
}

export type Refusal =
  | { why: "password"; detail: string }
  | { why: "role"; detail: string; roles: readonly Role[] }
  | { why: "scope"; detail: string };

function inScope(principal: Principal, scope: Scope | null): boolean {
  return principal.scopes === "all" || (scope !== null && principal.scopes.includes(scope));
}

/** Why `principal` may not take `action` on `resource`; null when it may. */
export function refusal(principal: Principal, action: Action, resource?: Owned): Refusal | null {
  const { roles, scope, own }: Rule = ACTIONS[action];
  if (!inScope(principal, scope)) {
    const needs = scope === null ? "is for persons, not for tokens" : `needs the scope ${scope}`;
    return { why: "scope", detail: `${action} ${needs}` };
  }
  if (own && resource?.ownerId === principal.id) return null;
  if (principal.mustChangePassword) {
    return { why: "password", detail: "the first password must be changed before anything else" };
  }
  if (principal.roles.some((role) => roles.includes(role))) return null;
  const detail =
    roles.length === 0
      ? `${action} is for the owner alone`
      : `${action} needs one of the roles ${roles.join(", ")}`;
  return { why: "role", detail, roles };
}

/** Whether `principal` may take `action` on `resource`. */
export function permits(principal: Principal, action: Action, resource?: Owned): boolean {
  return refusal(principal, action, resource) === null;
}

/** Whether whoever holds `held` may act as `role`: a token never does more than its owner could today. */
export function covers(held: readonly Role[], role: Role): boolean {
  return role === "viewer" ? held.length > 0 : held.includes(role) || held.includes("admin");
}
