import type { ActionCondition, GuardedAction } from "#lib/contracts/runbooks.ts";

/** The part of a runbook's form that holds its actions, shaped as the contract is, so that its refusals find their field. */
export interface FormWithActions {
  actions: GuardedAction[];
}

export const NEW_CONDITION: ActionCondition = { query: "", op: ">=", value: 1, says: "" };

/** An action as it begins: somebody else has to agree, and it may run three times an hour. */
export const NEW_ACTION: GuardedAction = {
  name: "",
  title: "",
  url: "",
  keyVersion: 1,
  target: "service",
  conditions: [NEW_CONDITION],
  approvalBy: "sre",
  limit: { runs: 3, perMinutes: 60 },
  timeoutSeconds: 10,
};
