import "server-only";
import type { EscalationDocument } from "#lib/contracts/on-call.ts";
import type { RoutingDocument } from "#lib/contracts/notifications.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { policyInForce } from "#lib/server/notify/policy.ts";

/** The channels that a routing names, by the path of each. */
export function channelsOfRouting({ rules }: RoutingDocument): { path: string; id: string; says: string }[] {
  return rules.flatMap(({ name, channels }, at) =>
    channels === "all"
      ? []
      : channels.map((id, nth) => ({
          path: `document.rules.${at}.channels.${nth}`,
          id,
          says: `the routing rule ${JSON.stringify(name)}`,
        })),
  );
}

/** The channels that an escalation names, by the path of each. */
export function channelsOfEscalation({
  paths,
  reach,
}: EscalationDocument): { path: string; id: string; says: string }[] {
  const ofPaths = Object.entries(paths).flatMap(([severity, { steps }]) =>
    steps.flatMap(({ channels }, at) =>
      channels === "all"
        ? []
        : channels.map((id, nth) => ({
            path: `document.paths.${severity}.steps.${at}.channels.${nth}`,
            id,
            says: `step ${at + 1} of the escalation of ${severity}`,
          })),
    ),
  );
  const ofReach = reach.flatMap(({ channels }, at) =>
    channels.map((id, nth) => ({
      path: `document.reach.${at}.channels.${nth}`,
      id,
      says: "the escalation as a way to a person",
    })),
  );
  return [...ofPaths, ...ofReach];
}

/** What of the documents in force names a channel, in words. */
export async function rulesThatTell(tx: Transaction, channelId: string): Promise<string[]> {
  const routing = await policyInForce(tx, "routing");
  const escalation = await policyInForce(tx, "escalation");
  const uses = [...channelsOfRouting(routing.document), ...channelsOfEscalation(escalation.document)];
  return [...new Set(uses.flatMap(({ id, says }) => (id === channelId ? [says] : [])))];
}
