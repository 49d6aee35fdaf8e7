import "server-only";
import type { ActionCall, ReceiverAnswer } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { afterCallFailure } from "#lib/domain/runbooks/action-run.ts";
import type { RunRecord } from "#lib/server/db/action-run.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Outbound, OutboundAnswer } from "#lib/server/outbound/fetch.ts";
import { signedHeaders } from "#lib/server/outbound/signed.ts";
import { signingKey } from "./signing-key.ts";

const SHOWN_CHARACTERS = 2_000;
const QUOTED_CHARACTERS = 200;

/** What came of a call. */
export interface CallEnd {
  step: "succeed" | "fail" | "lose";
  detail: string | null;
  answer: ReceiverAnswer | null;
}

/** What is said of a call whose end nobody saw. */
export function mayHaveRun(id: string): string {
  return `it may have run; ask the receiver for run ${id}`;
}

function bodyOf(run: RunRecord, at: Date): ActionCall {
  return {
    version: 1,
    run: run.id,
    runbook: run.runbook,
    action: run.action,
    dryRun: run.dryRun,
    incident: run.incidentId,
    service: run.service,
    node: run.node,
    askedBy: run.askedBy,
    approvedBy: run.approvedBy,
    at: at.toISOString(),
  };
}

function endOf({ status, text }: OutboundAnswer): CallEnd {
  const answer = { status, text: text.slice(0, SHOWN_CHARACTERS) };
  if (status >= 200 && status < 300)
    return { step: "succeed", detail: `the receiver answered HTTP ${status}`, answer };
  const words = text.trim().slice(0, QUOTED_CHARACTERS);
  return {
    step: "fail",
    detail: `the receiver answered HTTP ${status}${words === "" ? "" : `: ${words}`}`,
    answer,
  };
}

/** The code of what is behind our own error; null where nothing is: we refused ourselves. */
function causeCode({ cause }: Error): string | null {
  if (cause === undefined) return null;
  const { code } = cause as { code?: unknown };
  return typeof code === "string" ? code : "unnamed";
}

function endOfFailure(error: unknown, id: string): CallEnd {
  const known = error instanceof AppError ? error : new AppError("internal", "the call broke off");
  if (afterCallFailure(known.code, causeCode(known)) === "failed")
    return { step: "fail", detail: known.message, answer: null };
  return { step: "lose", detail: `${known.message}; ${mayHaveRun(id)}`, answer: null };
}

/**
 * Calls the receiver of an action once, signed, under the run's id. Whoever stops Burnline does not break it off: half a
 * call would tell nobody whether it ran. Never throws: what came of it is the answer.
 */
export async function callReceiver(
  action: GuardedAction,
  run: RunRecord,
  { way, now }: { way: Outbound; now: Date },
): Promise<CallEnd> {
  const body = JSON.stringify(bodyOf(run, now));
  const headers = signedHeaders(signingKey(run.runbook, action), body, now.getTime());
  try {
    const answer = await way.fetch({
      url: action.url,
      method: "POST",
      headers: { ...headers, "idempotency-key": run.id },
      body,
      timeoutMs: action.timeoutSeconds * 1000,
      signal: new AbortController().signal,
    });
    return endOf(answer);
  } catch (error) {
    return endOfFailure(error, run.id);
  }
}
