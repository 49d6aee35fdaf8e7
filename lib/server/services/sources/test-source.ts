import "server-only";
import { OneSource, type SourceTest } from "#lib/contracts/access.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceSettings } from "#lib/server/env.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { UpstreamError } from "#lib/server/query/upstream-error.ts";
import { limit } from "#lib/server/rate-limit/limit.ts";
import { withAdvice } from "./advice.ts";
import { alertmanagerFacts } from "./alertmanager-facts.ts";
import { lokiFacts } from "./loki-facts.ts";
import { prometheusFacts } from "./prometheus-facts.ts";

const FACTS_OF = { prometheus: prometheusFacts, loki: lokiFacts, alertmanager: alertmanagerFacts } as const;

async function questionSource(source: SourceSettings, signal: AbortSignal): Promise<SourceTest> {
  const startedAt = performance.now();
  try {
    const { latencyMs, facts } = await FACTS_OF[source.kind]({ source, signal });
    return { ok: true, latencyMs: Math.round(latencyMs), facts, error: null };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const latencyMs = Math.round(performance.now() - startedAt);
    return { ok: false, latencyMs, facts: [], error: withAdvice(source, error.message) };
  }
}

/**
 * Asks a source who it is and what it holds. A source that is away or refuses is no error here: the answer says so
 * in the source's own words, and what to look at.
 * @throws `not_found` for a source that is not in the settings, `rate_limited`
 */
export async function testSource(actor: Actor, input: unknown, caller: Caller): Promise<SourceTest> {
  authorize(actor, "sources:test");
  const { kind, name } = parseInput(OneSource, input);
  await limit("rawQuery", caller.address, actor.id);
  const source = settings().sources.find((one) => one.kind === kind && one.name === name);
  if (!source) throw new AppError("not_found", `the settings have no ${kind} source of this name`);
  return questionSource(source, caller.signal);
}
