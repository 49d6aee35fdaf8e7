import "server-only";
import { type AuditSink, PutAuditSink } from "#lib/contracts/audit.ts";
import { SINK_SECRET } from "#lib/server/audit/sink-sender.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findSink, removeSink, saveSink, type SinkRecord } from "#lib/server/db/audit-sink.repo.ts";
import { newestAudit } from "#lib/server/db/audit.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { settings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { checkTarget } from "#lib/server/outbound/fetch.ts";
import { seal } from "#lib/server/secrets/seal.ts";

const RESOURCE = { type: "audit_sink", id: "1" };

async function toAuditSink(tx: Transaction, sink: SinkRecord): Promise<AuditSink> {
  const { url, sentSeq, lastError, failedSince, version } = sink;
  const newest = (await newestAudit(tx))?.seq ?? 0;
  const pending = Math.max(0, newest - sentSeq);
  const since = failedSince?.toISOString() ?? null;
  return { url, hasSecret: true, sentSeq, pending, lastError, failedSince: since, version };
}

/** What the audit log tells of a sink: paths of webhooks are often secrets themselves. */
function described(sink: SinkRecord | null): { origin: string } | undefined {
  return sink ? { origin: new URL(sink.url).origin } : undefined;
}

/** Where records are sent, and how that goes; the secret is never answered. */
export function getAuditSink(actor: Actor): Promise<{ sink: AuditSink | null }> {
  authorize(actor, "audit:read");
  return read(async (tx) => {
    const sink = await findSink(tx);
    return { sink: sink && (await toAuditSink(tx, sink)) };
  });
}

function sealedSecret(secret: string | undefined, before: SinkRecord | null): string {
  if (secret !== undefined) return seal(SINK_SECRET, secret);
  if (before) return before.secret;
  const message = "needed: it signs what is sent";
  throw new AppError("invalid", `secret: ${message}`, { fields: [{ path: "secret", message }] });
}

/**
 * Sends records to an address from now on: a new sink gets the whole log, a changed one what is still to send.
 * @throws `invalid` for an address that is not public and not allowed, and for a first sink without a secret
 */
export function putAuditSink(actor: Actor, input: unknown, caller: Caller): Promise<AuditSink> {
  authorize(actor, "audit:write");
  const { url, secret } = parseInput(PutAuditSink, input);
  checkTarget(url, settings().access.outboundAllow);
  return transaction(async (tx) => {
    const before = await findSink(tx);
    const saved = await saveSink(tx, { url, secret: sealedSecret(secret, before) });
    await recordAudit(tx, actor, caller, {
      action: "audit_sink.set",
      resource: RESOURCE,
      before: described(before),
      after: { ...described(saved), secretChanged: secret !== undefined },
    });
    return toAuditSink(tx, saved);
  });
}

/** Stops sending. @throws `not_found` when nothing was sent anywhere */
export function deleteAuditSink(actor: Actor, _input: unknown, caller: Caller): Promise<{ done: true }> {
  authorize(actor, "audit:write");
  return transaction(async (tx) => {
    const before = await findSink(tx);
    if (!before || !(await removeSink(tx))) throw new AppError("not_found", "no audit sink is set");
    await recordAudit(tx, actor, caller, {
      action: "audit_sink.removed",
      resource: RESOURCE,
      before: described(before),
    });
    return { done: true } as const;
  });
}
