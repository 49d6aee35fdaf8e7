import "server-only";
import type { OnCall } from "#lib/contracts/on-call.ts";
import { type Duty, whoIsNext, whoIsOnCall } from "#lib/domain/on-call/rotation.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { onCallPolicyOf, policyInForce } from "#lib/server/notify/policy.ts";

/** Who is on call now, and who is next, rotation by rotation. */
export function getOnCall(actor: Actor): Promise<OnCall> {
  authorize(actor, "incidents:read");
  return read(async (tx) => {
    const policy = onCallPolicyOf((await policyInForce(tx, "on_call")).document);
    const nowMs = Date.now();
    const now = new Map(whoIsOnCall(policy, nowMs).map((duty) => [duty.rotation, duty]));
    const duties = policy.rotations.map((rotation) => ({
      rotation: rotation.name,
      now: now.get(rotation.name) ?? null,
      next: whoIsNext(policy, rotation, nowMs),
    }));
    const people = duties.flatMap(({ now: on, next }) => [on, next].flatMap((duty) => duty?.personId ?? []));
    const names = await findPersonNames(tx, people);
    const told = (duty: Duty | null) =>
      duty && {
        person: { id: duty.personId, name: names.get(duty.personId) ?? null },
        from: new Date(duty.fromMs).toISOString(),
        until: new Date(duty.untilMs).toISOString(),
        standIn: duty.standIn,
      };
    return {
      rotations: duties.map(({ rotation, now: on, next }) => ({ rotation, now: told(on), next: told(next) })),
    };
  });
}
