import "server-only";
import {
  OnePolicy,
  type Policy,
  POLICY_DOCUMENTS,
  type PolicyDocument,
  type PolicyKind,
  PutPolicy,
} from "#lib/contracts/on-call.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findChannels } from "#lib/server/db/channel.repo.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { appendPolicy, lockPolicies } from "#lib/server/db/policy.repo.ts";
import { AppError, type FieldError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { policyInForce } from "#lib/server/notify/policy.ts";
import { channelsOfEscalation, channelsOfRouting } from "./channel-use.ts";

/** The ids of the people whom a document names, each once. */
function peopleIn(document: Policy["document"]): string[] {
  if ("rules" in document) return [];
  const ids =
    "reach" in document
      ? document.reach.map(({ personId }) => personId)
      : [
          ...document.rotations.flatMap(({ people }) => people),
          ...document.overrides.map(({ personId }) => personId),
        ];
  return [...new Set(ids)];
}

async function toPolicy(tx: Transaction, kind: PolicyKind): Promise<Policy> {
  const { version, document, at, actorId } = await policyInForce(tx, kind);
  const named = peopleIn(document);
  const names = await findPersonNames(tx, actorId === null ? named : [...named, actorId]);
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const savedBy = actorId === null ? null : person(actorId);
  const people = named.map(person);
  return { kind, version, document, savedAt: at?.toISOString() ?? null, savedBy, people };
}

/** A document in force: routing, on-call or escalation. */
export function getPolicy(actor: Actor, input: unknown): Promise<{ policy: Policy }> {
  authorize(actor, "notifications:read");
  const { kind } = parseInput(OnePolicy, input);
  return read(async (tx) => ({ policy: await toPolicy(tx, kind) }));
}

/** A name in a document that stands for nothing. */
type Reference = { path: string; id: string };

async function unknownChannels(tx: Transaction, named: readonly Reference[]): Promise<FieldError[]> {
  const known = new Set((await findChannels(tx)).map(({ id }) => id));
  return named.filter(({ id }) => !known.has(id)).map(({ path }) => ({ path, message: "is no channel" }));
}

async function unknownPeople(tx: Transaction, named: readonly Reference[]): Promise<FieldError[]> {
  const known = await findPersonNames(
    tx,
    named.map(({ id }) => id),
  );
  return named.filter(({ id }) => !known.has(id)).map(({ path }) => ({ path, message: "is nobody we know" }));
}

/** Rotations that the escalation in force tells and that would not be there any more. */
async function missedByEscalation(
  tx: Transaction,
  { rotations }: PolicyDocument<"on_call">,
): Promise<FieldError[]> {
  const { document } = await policyInForce(tx, "escalation");
  const known = new Set(rotations.map(({ name }) => name));
  const told = Object.values(document.paths).flatMap(({ steps }) => steps.flatMap((step) => step.rotations));
  const missed = [...new Set(told)].filter((name) => !known.has(name));
  return missed.map((name) => ({
    path: "document.rotations",
    message: `the escalation still tells the rotation ${JSON.stringify(name)}`,
  }));
}

async function strayOfOnCall(tx: Transaction, document: PolicyDocument<"on_call">): Promise<FieldError[]> {
  const turns = document.rotations.flatMap(({ people }, at) =>
    people.map((id, nth) => ({ path: `document.rotations.${at}.people.${nth}`, id })),
  );
  const standIns = document.overrides.map(({ personId: id }, at) => ({
    path: `document.overrides.${at}.personId`,
    id,
  }));
  return [...(await unknownPeople(tx, [...turns, ...standIns])), ...(await missedByEscalation(tx, document))];
}

async function strayOfEscalation(
  tx: Transaction,
  document: PolicyDocument<"escalation">,
): Promise<FieldError[]> {
  const { document: onCall } = await policyInForce(tx, "on_call");
  const known = new Set(onCall.rotations.map(({ name }) => name));
  const rotations = Object.entries(document.paths).flatMap(([severity, { steps }]) =>
    steps.flatMap(({ rotations: named }, at) =>
      named
        .map((name, nth) => ({ path: `document.paths.${severity}.steps.${at}.rotations.${nth}`, name }))
        .filter(({ name }) => !known.has(name)),
    ),
  );
  const people = document.reach.map(({ personId: id }, at) => ({
    path: `document.reach.${at}.personId`,
    id,
  }));
  return [
    ...rotations.map(({ path }) => ({ path, message: "is no rotation" })),
    ...(await unknownPeople(tx, people)),
    ...(await unknownChannels(tx, channelsOfEscalation(document))),
  ];
}

/** Fields of each kind of document that name a channel, a person or a rotation which is not there. */
const STRAY: {
  readonly [K in PolicyKind]: (tx: Transaction, document: PolicyDocument<K>) => Promise<FieldError[]>;
} = {
  routing: (tx, document) => unknownChannels(tx, channelsOfRouting(document)),
  on_call: strayOfOnCall,
  escalation: strayOfEscalation,
};

async function requireKnown<K extends PolicyKind>(
  tx: Transaction,
  kind: K,
  document: PolicyDocument<K>,
): Promise<void> {
  const fields = await STRAY[kind](tx, document);
  if (fields.length === 0) return;
  const detail = fields.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", detail, { fields });
}

/**
 * Puts a new version of a document in force; the ones before it are kept.
 * @throws `invalid` naming the field, `conflict` with the document in force for a stale version
 */
export function putPolicy(actor: Actor, input: unknown, caller: Caller): Promise<{ policy: Policy }> {
  authorize(actor, "notifications:write");
  const { kind, version, document: given } = parseInput(PutPolicy, input);
  const document = parseInput(POLICY_DOCUMENTS[kind], given, "document");
  return transaction(async (tx) => {
    await lockPolicies(tx);
    const current = await toPolicy(tx, kind);
    if (current.version !== version)
      throw new AppError("conflict", "somebody saved another version meanwhile", { current });
    await requireKnown(tx, kind, document as PolicyDocument<typeof kind>);
    await appendPolicy(tx, { kind, version: version + 1, document, actorId: actor.id });
    const policy = await toPolicy(tx, kind);
    await recordAudit(tx, actor, caller, {
      action: "policy.saved",
      resource: { type: "policy", id: kind },
      before: { version },
      after: { version: policy.version },
    });
    return { policy };
  });
}
