import "server-only";
import { confinementKey, type LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError } from "#lib/server/errors.ts";
import type { SourceSilence } from "#lib/server/query/alertmanager/silences.ts";

/** The matchers as this actor may use them: whoever is confined silences nothing that they do not see. */
export function confineMatchers(
  matchers: readonly LabelMatcher[],
  { confinement }: Pick<Actor, "confinement">,
): LabelMatcher[] {
  const all = [...matchers, ...confinement];
  return [...new Map(all.map((one) => [confinementKey([one]), one])).values()];
}

/** Whether a silence concerns nothing but what the actor may see. */
export function isWithin(
  { matchers }: Pick<SourceSilence, "matchers">,
  { confinement }: Pick<Actor, "confinement">,
): boolean {
  const own = new Set(matchers.map((one) => confinementKey([one])));
  return confinement.every((one) => own.has(confinementKey([one])));
}

/** @throws `not_found`, in the words for a silence that does not exist */
export function requireWithin(silence: SourceSilence, actor: Actor): void {
  if (isWithin(silence, actor)) return;
  throw new AppError("not_found", `there is no silence with the id ${JSON.stringify(silence.id)}`);
}
