import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Principal } from "#lib/domain/access/permissions.ts";

/** Who asks. Every handler and service verb takes one. */
export interface Actor extends Principal {
  kind: "person" | "token" | "anonymous" | "system";
  /** With kind "token": the token's id, `id` being its owner's. */
  tokenId?: string;
  /** Every selector of this actor's queries gets these; empty: it sees everything. */
  confinement: readonly LabelMatcher[];
}

/** Burnline's own jobs. */
export const SYSTEM_ACTOR: Actor = {
  id: "system",
  kind: "system",
  roles: ["admin"],
  scopes: "all",
  confinement: [],
};

/** Whoever is not signed in, where the setting BURNLINE_ANONYMOUS allows to look. */
export const ANONYMOUS_VIEWER: Actor = {
  id: "anonymous",
  kind: "anonymous",
  roles: ["viewer"],
  scopes: ["read"],
  confinement: [],
};
