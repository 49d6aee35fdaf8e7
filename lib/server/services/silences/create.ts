import "server-only";
import { CreateSilence, PreviewSilence, type Silence, type SilencePreview } from "#lib/contracts/silences.ts";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { getMatchingAlerts } from "#lib/server/query/alertmanager/client.ts";
import { getSilence, putSilence } from "#lib/server/query/alertmanager/silences.ts";
import { findSource } from "#lib/server/query/sources.ts";
import { withAlertmanager } from "./ask.ts";
import { toSilence } from "./entry.ts";
import { confineMatchers } from "./visibility.ts";

const PREVIEWED = 100;

/** Refuses an end that is over already. @throws `invalid` */
export function requireFuture(endsAt: string): void {
  if (Date.parse(endsAt) > Date.now()) return;
  const message = "must lie in the future";
  throw new AppError("invalid", `endsAt: ${message}`, { fields: [{ path: "endsAt", message }] });
}

function refusesEmpty({ operator, value }: LabelMatcher): boolean {
  if (operator === "=") return value !== "";
  if (operator === "!=") return value === "";
  // What a pattern makes of the empty text Alertmanager says itself.
  return true;
}

/** At least one matcher of the caller's own must ask for something. @throws `invalid` */
function requireAim(matchers: readonly LabelMatcher[]): void {
  if (matchers.some(refusesEmpty)) return;
  const message = "at least one must ask for a label that is there, or everything would be silenced";
  throw new AppError("invalid", `matchers: ${message}`, { fields: [{ path: "matchers", message }] });
}

/**
 * Which firing alerts a silence would keep quiet, by Alertmanager's own reading of the matchers.
 * @throws `invalid` in Alertmanager's words
 */
export async function previewSilence(actor: Actor, input: unknown, caller: Caller): Promise<SilencePreview> {
  authorize(actor, "alerts:silence");
  const wanted = parseInput(PreviewSilence, input);
  requireAim(wanted.matchers);
  const matchers = confineMatchers(wanted.matchers, actor);
  const source = findSource("alertmanager", wanted.source);
  const found = await withAlertmanager(source, caller.signal, (call) => getMatchingAlerts(call, matchers));
  const firing = found.filter(({ state }) => state === "firing");
  return {
    matchers,
    count: firing.length,
    alerts: firing.slice(0, PREVIEWED).map(({ fingerprint, labels, annotations }) => ({
      fingerprint,
      name: labels.alertname ?? "unnamed alert",
      summary: annotations.summary ?? "",
    })),
  };
}

/** How a silence names who made it: people read it in Alertmanager, too. */
export async function authorOf(actor: Actor): Promise<string> {
  return (await read((tx) => findPersonNames(tx, [actor.id]))).get(actor.id) ?? actor.id;
}

/**
 * Silences alerts, in the name of the actor.
 * @throws `invalid` naming the field, or in Alertmanager's words
 */
export async function createSilence(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ silence: Silence }> {
  authorize(actor, "alerts:silence");
  const wanted = parseInput(CreateSilence, input);
  requireFuture(wanted.endsAt);
  requireAim(wanted.matchers);
  const { startsAt = new Date().toISOString(), endsAt, reason } = wanted;
  const matchers = confineMatchers(wanted.matchers, actor);
  const author = await authorOf(actor);
  const source = findSource("alertmanager", wanted.source);
  const silence = await withAlertmanager(source, caller.signal, async (call) => {
    const id = await putSilence(call, { matchers, startsAt, endsAt, author, reason });
    return getSilence(call, id);
  });
  await transaction((tx) =>
    recordAudit(tx, actor, caller, {
      action: "silence.created",
      resource: { type: "silence", id: silence.id },
      after: { source: source.name, matchers, startsAt, endsAt, reason },
    }),
  );
  return { silence: toSilence(source.name, silence, 0, Date.now()) };
}
