import "server-only";

export const ROLES = ["viewer", "sre", "product_owner", "release_manager", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. Every handler and service verb takes one. */
export interface Actor {
  id: string;
  kind: "local" | "system";
  roles: readonly Role[];
}

/** Whoever sits at this machine: until sign-in exists the app listens on loopback only. */
export const LOCAL_ACTOR: Actor = { id: "local", kind: "local", roles: ["admin"] };

/** Burnline's own jobs. */
export const SYSTEM_ACTOR: Actor = { id: "system", kind: "system", roles: ["admin"] };
