import type { RunbookDocument } from "#lib/contracts/runbooks.ts";

/** All of a runbook as lines, to lay two versions beside each other. */
export function runbookText({ title, alerts, markdown, actions }: RunbookDocument): string {
  const also = alerts.length === 0 ? [] : [`Alerts: ${alerts.join(", ")}`, ""];
  const guarded = actions.length === 0 ? [] : ["", "Actions:", JSON.stringify(actions, null, 2)];
  return [`# ${title}`, "", ...also, markdown, ...guarded].join("\n");
}
