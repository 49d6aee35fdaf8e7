import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Delivered } from "#lib/contracts/alert-delivery.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { keepDelivery } from "#lib/server/db/alert-delivery.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { readText } from "#lib/server/query/read-text.ts";

/** A storm in one delivery: 10,000 alerts with long annotations. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Which Alertmanager delivers, where there are several. */
const From = z.object({
  source: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be lower-case letters, digits and dashes")
    .default("default"),
});

/**
 * Takes a delivery of Alertmanager's: written down as it came and answered at once; whatever is wrong with it shows
 * later. @throws AppErrors for who may not deliver, `unavailable` when the database is down, so that it comes again
 */
export async function handleAlertmanagerWebhook(
  request: IncomingMessage,
  response: ServerResponse,
  actor: Actor,
): Promise<void> {
  if (request.method !== "POST") throw new AppError("method_not_allowed", "alerts are delivered with POST");
  authorize(actor, "alerts:deliver");
  const { searchParams } = new URL(request.url ?? "", "http://burnline");
  const { source } = parseInput(From, Object.fromEntries(searchParams));
  const body = await readText(request, MAX_BODY_BYTES);
  await read((tx) => keepDelivery(tx, source, body));
  const answer = JSON.stringify({ received: true } satisfies z.infer<typeof Delivered>);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(answer),
  });
  response.end(answer);
}
