import { covers, type Role } from "#lib/domain/access/permissions.ts";

/**
 * Why a person may not agree to a run; null when they may. Whoever asked never does, whatever their roles: an approval
 * is a second pair of eyes.
 */
export function whyNotApprove(
  person: { id: string; roles: readonly Role[] },
  run: { askedBy: string; approvalBy: Role | null },
): string | null {
  if (run.approvalBy === null) return "nobody has to agree to this action";
  if (person.id === run.askedBy) return "somebody else than who asked has to agree";
  if (!covers(person.roles, run.approvalBy)) return `agreeing needs the role ${run.approvalBy}`;
  return null;
}
