import type { Role } from "#lib/domain/access/permissions.ts";
import type { Lane } from "./policy.ts";

/** Whoever wants to say yes or no to a release. */
export interface Approver {
  id: string;
  roles: readonly Role[];
  onCall: boolean;
}

/** What of a release matters to who may clear it. */
export interface Clearable {
  state: string;
  requestedBy: string;
  /** The lane that made it a review. */
  lane: Lane | null;
  /** People who overrode the decision that stands, with the roles they had. */
  overriddenBy: readonly { id: string; roles: readonly Role[] }[];
}

const has = (roles: readonly Role[], ...wanted: Role[]) => wanted.some((role) => roles.includes(role));
const OWN = "nobody approves their own release";

/**
 * Why somebody may not clear a review; null when they may. One release manager who did not ask for it does; a rollback
 * is cleared by the SRE on call alone, who may have asked for it: at night there is nobody else (DOMAIN 5).
 */
export function whyNotReview(approver: Approver, release: Clearable): string | null {
  if (release.state !== "waiting") return "it does not wait for a review";
  if (release.lane === "rollback" && approver.onCall && has(approver.roles, "sre", "admin")) return null;
  if (!has(approver.roles, "release_manager", "admin")) {
    return release.lane === "rollback"
      ? "a rollback is cleared by a release manager or by the SRE on call"
      : "a review is cleared by a release manager";
  }
  return approver.id === release.requestedBy ? OWN : null;
}

/** Why somebody may not override; null when they may. It takes a release manager and, second, a product owner or admin. */
export function whyNotOverride(approver: Approver, release: Clearable): string | null {
  if (release.state !== "blocked" && release.state !== "deferred") return "there is nothing to override";
  if (approver.id === release.requestedBy) return OWN;
  if (release.overriddenBy.some(({ id }) => id === approver.id)) {
    return "you agreed already; it takes a second person";
  }
  const [first] = release.overriddenBy;
  if (!first) {
    return has(approver.roles, "release_manager", "product_owner", "admin")
      ? null
      : "an override takes a release manager and a product owner or admin";
  }
  return pairs(first.roles, approver.roles) ? null : "the second person has to be of the other role";
}

/** Whether two people can override together: one as release manager, the other as product owner or admin. */
function pairs(one: readonly Role[], other: readonly Role[]): boolean {
  const manages = (roles: readonly Role[]) => has(roles, "release_manager", "admin");
  const owns = (roles: readonly Role[]) => has(roles, "product_owner", "admin");
  return (manages(one) && owns(other)) || (owns(one) && manages(other));
}
