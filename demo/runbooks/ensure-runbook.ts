import { z } from "zod";
import { ActionKey } from "#lib/contracts/runbook-actions.ts";
import { type GuardedAction, Runbook } from "#lib/contracts/runbooks.ts";
import type { Api } from "#demo/cluster/api-client.ts";

const ADDRESS = "/api/v1/runbooks/HighErrorRate";
const One = z.object({ runbook: Runbook });

/** Restarts a service by the demo's own receiver, as long as a replica is left to serve meanwhile. */
function restart(receiverUrl: string): GuardedAction {
  return {
    name: "restart",
    title: "Restart the service",
    url: `${receiverUrl}/actions/restart`,
    keyVersion: 1,
    target: "service",
    conditions: [
      {
        says: "at least one replica answers its scrapes",
        query: 'sum by (service) (up{service="$service"})',
        op: ">=",
        value: 1,
      },
    ],
    approvalBy: null,
    limit: { runs: 3, perMinutes: 60 },
    timeoutSeconds: 10,
  };
}

/**
 * Gives the runbook HighErrorRate its action while it is the template that comes with Burnline; what people made of it
 * stays.
 * @returns the key that the receiver verifies calls with; null where there is no such action any more
 * @throws Error in the app's words
 */
export async function ensureRunbook(api: Api, receiverUrl: string): Promise<string | null> {
  const { runbook } = await api.ask(One, "GET", ADDRESS);
  const { version, title, markdown, alerts } = runbook;
  const { actions } = runbook.template
    ? (
        await api.ask(One, "PUT", ADDRESS, {
          version,
          title,
          markdown,
          alerts,
          actions: [restart(receiverUrl)],
        })
      ).runbook
    : runbook;
  if (!actions.some(({ name }) => name === "restart")) return null;
  return (await api.ask(ActionKey, "GET", `${ADDRESS}/actions/restart/key`)).key;
}
