import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { type FreezeDocument, type FreezePage, ListFreezes } from "#lib/contracts/freezes.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findFreezesSince } from "#lib/server/db/freeze.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Span } from "#lib/server/gate/freeze-spans.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { isVisible } from "#lib/server/services/catalogue/visibility.ts";
import { toFreezes } from "./to-freeze.ts";
import { isInSight } from "./visibility.ts";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 60;
const MOST_DAYS = 370;

/** What is asked for, 60 days unless told. @throws `invalid` */
function rangeOf({ from, to }: ListFreezes, nowMs: number): Span {
  const fromMs = from === undefined ? nowMs : Date.parse(from);
  const toMs = to === undefined ? fromMs + USUAL_DAYS * DAY_MS : Date.parse(to);
  const wrong = (message: string) =>
    new AppError("invalid", `to: ${message}`, { fields: [{ path: "to", message }] });
  if (toMs <= fromMs) throw wrong("must lie after the beginning");
  if (toMs - fromMs > MOST_DAYS * DAY_MS) throw wrong(`must lie within ${MOST_DAYS} days of the beginning`);
  return { fromMs, toMs };
}

/** Whether a freeze concerns a service. */
function concerns(
  { services, tiers }: FreezeDocument,
  { name, tier }: Pick<CatalogueService, "name" | "tier">,
): boolean {
  const all = services.length === 0 && tiers.length === 0;
  return all || services.includes(name) || (tier !== null && tiers.includes(tier));
}

/** Freezes with their spans within a time. One that was cancelled is told as long as that lies within it. */
export async function listFreezes(actor: Actor, input: unknown): Promise<FreezePage> {
  authorize(actor, "releases:read");
  const asked = parseInput(ListFreezes, input);
  const nowMs = Date.now();
  const range = rangeOf(asked, nowMs);
  const confined = actor.confinement.length > 0;
  const catalogue = confined || asked.service !== undefined ? await readCatalogue() : [];
  const services = confined ? catalogue.filter((one) => isVisible(one, actor)).map(({ name }) => name) : null;
  const service = catalogue.find(({ name }) => name === asked.service);
  return read(async (tx) => {
    const wanted = (await findFreezesSince(tx, new Date(range.fromMs))).filter(
      ({ document }) =>
        isInSight(document, services) &&
        (asked.service === undefined || concerns(document, service ?? { name: asked.service, tier: null })),
    );
    const freezes = await toFreezes(tx, wanted, { range, services, nowMs });
    const [from, to] = [range.fromMs, range.toMs].map((ms) => new Date(ms).toISOString());
    return { data: { freezes, from: from!, to: to! } };
  });
}
