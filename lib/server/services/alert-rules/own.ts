import "server-only";
import {
  type AlertRuleDefinition,
  CreateRule,
  DeleteRule,
  OneRule,
  OneRuleFile,
  type OwnRule,
  PutRule,
} from "#lib/contracts/alert-rules.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";
import {
  appendRuleVersion,
  findRulesInForce,
  findRuleVersions,
  lockRules,
  type RuleVersionRecord,
} from "#lib/server/db/alert-rule.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { checkPromql } from "#lib/server/query/promql-syntax.ts";
import { prometheusRuleText, ruleFileText } from "./rule-file.ts";

function unknown(name: string): AppError {
  return new AppError("not_found", `there is no alert rule ${JSON.stringify(name)} that is written here`);
}

async function toRule(tx: Transaction, versions: readonly RuleVersionRecord[]): Promise<OwnRule | null> {
  const [newest] = versions;
  if (!newest?.definition) return null;
  const names = await findPersonNames(
    tx,
    versions.map(({ actorId }) => actorId),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  return {
    name: newest.name,
    version: newest.version,
    definition: newest.definition,
    at: newest.at.toISOString(),
    by: person(newest.actorId),
    versions: versions.map(({ version, at, actorId, definition }) => ({
      version,
      at: at.toISOString(),
      by: person(actorId),
      definition,
    })),
  };
}

async function requireRule(tx: Transaction, name: string): Promise<OwnRule> {
  const rule = await toRule(tx, await findRuleVersions(tx, name));
  if (!rule) throw unknown(name);
  return rule;
}

/** @throws `conflict` with the current state */
function requireVersion(rule: OwnRule, version: number): void {
  if (rule.version === version) return;
  throw new AppError("conflict", `the rule ${rule.name} was changed meanwhile`, { current: rule });
}

function refuseExpr(reason: string): AppError {
  const fields = [{ path: "definition.expr", message: reason }];
  return new AppError("invalid", `definition.expr: ${reason}`, { fields });
}

/**
 * An expression that cannot be evaluated would alert nobody. Types are known to Prometheus alone: it is asked, and where it
 * does not answer the expression passes.
 * @throws `invalid` in the words of whoever found the mistake
 */
async function checkExpr(
  actor: Actor,
  { expr }: AlertRuleDefinition,
  { signal }: Pick<Caller, "signal">,
): Promise<void> {
  try {
    checkPromql(expr, QUERY_LIMITS.maxExprLength);
    await queryPlane().instant({ actor, signal }, { expr });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError && error.code === "bad_query") throw refuseExpr(error.message);
  }
}

/** A rule that is written here, with its versions. @throws `not_found` */
export async function getRule(actor: Actor, input: unknown): Promise<{ rule: OwnRule }> {
  authorize(actor, "alerts:read");
  requireUnconfined(actor, "alert rules are read and written");
  const { name } = parseInput(OneRule, input);
  return read(async (tx) => ({ rule: await requireRule(tx, name) }));
}

/** Writes an alert rule; it is loaded within seconds where rule files are written. @throws `invalid`, `conflict` */
export async function createRule(actor: Actor, input: unknown, caller: Caller): Promise<{ rule: OwnRule }> {
  authorize(actor, "rules:write");
  requireUnconfined(actor, "alert rules are read and written");
  const { name, definition } = parseInput(CreateRule, input);
  await checkExpr(actor, definition, caller);
  return transaction(async (tx) => {
    await lockRules(tx);
    const versions = await findRuleVersions(tx, name);
    const existing = await toRule(tx, versions);
    if (existing) throw new AppError("conflict", `there is a rule ${name} already`, { current: existing });
    const version = (versions[0]?.version ?? 0) + 1;
    await appendRuleVersion(tx, { name, version, definition, actorId: actor.id });
    const rule = await requireRule(tx, name);
    await recordAudit(tx, actor, caller, {
      action: "alert-rule.created",
      resource: { type: "alert-rule", id: name },
      after: { version, definition },
    });
    return { rule };
  });
}

/** Changes a rule. @throws `invalid`, `not_found`, `conflict` with the current state */
export async function putRule(actor: Actor, input: unknown, caller: Caller): Promise<{ rule: OwnRule }> {
  authorize(actor, "rules:write");
  requireUnconfined(actor, "alert rules are read and written");
  const { name, version, definition } = parseInput(PutRule, input);
  await checkExpr(actor, definition, caller);
  return transaction(async (tx) => {
    await lockRules(tx);
    const before = await requireRule(tx, name);
    requireVersion(before, version);
    await appendRuleVersion(tx, { name, version: version + 1, definition, actorId: actor.id });
    const rule = await requireRule(tx, name);
    await recordAudit(tx, actor, caller, {
      action: "alert-rule.changed",
      resource: { type: "alert-rule", id: name },
      before: { version, definition: before.definition },
      after: { version: rule.version, definition },
    });
    return { rule };
  });
}

/** Deletes a rule; what it said is kept. @throws `not_found`, `conflict` with the current state */
export async function deleteRule(actor: Actor, input: unknown, caller: Caller): Promise<{ name: string }> {
  authorize(actor, "rules:write");
  requireUnconfined(actor, "alert rules are read and written");
  const { name, version } = parseInput(DeleteRule, input);
  return transaction(async (tx) => {
    await lockRules(tx);
    const before = await requireRule(tx, name);
    requireVersion(before, version);
    await appendRuleVersion(tx, { name, version: version + 1, definition: null, actorId: actor.id });
    await recordAudit(tx, actor, caller, {
      action: "alert-rule.deleted",
      resource: { type: "alert-rule", id: name },
      before: { version, definition: before.definition },
    });
    return { name };
  });
}

/** The rules in force as a file, for those who deliver them otherwise. */
export async function writeRules(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "alerts:read");
  requireUnconfined(actor, "alert rules are read and written");
  const { file } = parseInput(OneRuleFile, input);
  const rules = await read(findRulesInForce);
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", "application/yaml; charset=utf-8");
  headers.set("content-disposition", `attachment; filename="burnline-alerts-${file}"`);
  return new Response(file === "rules.yml" ? ruleFileText(rules) : prometheusRuleText(rules), { headers });
}
