import { type Action, ACTIONS, type Role } from "./permissions.ts";

/** The actions that a role may take, in the order of the table; what is one's own is not among them. */
export function actionsOf(role: Role): Action[] {
  return (Object.keys(ACTIONS) as Action[]).filter((action) => {
    const allowed: readonly Role[] = ACTIONS[action].roles;
    return allowed.includes(role);
  });
}
