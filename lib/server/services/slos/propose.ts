import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { type Proposal, ProposeSlos } from "#lib/contracts/slos.ts";
import { coverageLabel } from "#lib/domain/slo/budget/budget.ts";
import { decimal } from "#lib/domain/slo/decimal.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { finishCandidate } from "#lib/domain/slo/propose/finish-candidate.ts";
import type { TargetFacts } from "#lib/domain/slo/propose/recommend-target.ts";
import type { Candidate } from "#lib/domain/slo/propose/service-candidates.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { type MeasureSlots, measureSlots } from "./preview-slots.ts";
import { proposeNodes } from "./propose-nodes.ts";
import { proposeServices, type ServiceProposal } from "./propose-services.ts";

const MEASURED_SLOTS = 30 * SLOTS_PER_DAY;
/** A few failed scrapes make no history short. */
const WHOLE_SHARE = 0.98;

type MeasuredPast = TargetFacts["measured"];
const NO_PAST: MeasuredPast = { goodRatio: null, coverage: null };

/** All slots of all groups together, as one ratio. */
function pastOf(slots: MeasureSlots | undefined): MeasuredPast {
  if (!slots) return NO_PAST;
  let [bad, total, covered] = [0, 0, 0];
  for (const group of slots.groups.values()) {
    group.total.forEach((all, at) => {
      if (Number.isNaN(all)) return;
      bad += group.bad[at] ?? 0;
      total += all;
      covered += 1;
    });
  }
  if (total === 0) return NO_PAST;
  const whole = covered >= MEASURED_SLOTS * WHOLE_SHARE;
  return {
    goodRatio: decimal(1 - bad / total),
    coverage: whole ? null : coverageLabel(covered, MEASURED_SLOTS),
  };
}

/** What was measured of candidates, asked for together. */
async function measurePasts(
  context: QueryContext,
  candidates: readonly Candidate[],
): Promise<(candidate: Candidate | undefined) => MeasuredPast> {
  const known = candidates.flatMap(({ definition }) => {
    const measure = measureOf(definition);
    return measure ? [{ id: measureId(measure), measure, definition }] : [];
  });
  const nowMs = Date.now();
  const openSlot = slotAt(nowMs);
  const slots = await measureSlots(context, known, { from: openSlot - MEASURED_SLOTS, openSlot, nowMs });
  const ids = new Map(known.map(({ id, definition }) => [definition, id]));
  return (candidate) => pastOf(candidate && slots.get(ids.get(candidate.definition) ?? ""));
}

const isAvailability = ({ definition }: Candidate) => definition.sli.kind === "availability";

/** The catalogue's services that were asked for, and those they depend on. */
function withDependencies(
  wanted: readonly CatalogueService[],
  catalogue: readonly CatalogueService[],
): CatalogueService[] {
  const names = new Set(wanted.flatMap(({ name, dependencies }) => [name, ...dependencies]));
  return catalogue.filter(({ name }) => names.has(name));
}

interface Found {
  services: ServiceProposal[];
  nodes: Candidate[];
}

async function findCandidates(
  context: QueryContext,
  catalogue: readonly CatalogueService[],
  { service, node }: ProposeSlos,
): Promise<Found> {
  const all = service === undefined && node === undefined;
  const wanted = catalogue.filter(({ name }) => all || name === service);
  const [services, nodes] = await Promise.all([
    proposeServices(context, withDependencies(wanted, catalogue), catalogue),
    all || node !== undefined ? proposeNodes(context, node) : [],
  ]);
  return { services, nodes };
}

/**
 * SLOs worth having for what was discovered: measured over the last 30 days in the actor's own sight, each with a target
 * that would have been met. @throws the source's own words when it does not answer
 */
export async function proposeSlos(
  actor: Actor,
  input: unknown,
  { signal }: Caller,
): Promise<Measured<{ proposals: Proposal[] }>> {
  authorize(actor, "slos:draft");
  const question = parseInput(ProposeSlos, input);
  const context = { actor, signal };
  const catalogue = await listCatalogue(actor);
  const { services, nodes } = await findCandidates(context, catalogue, question);
  const all = [...services.flatMap(({ candidates }) => candidates), ...nodes];
  const past = await measurePasts(context, all);
  const keys = new Set((await read(findSlos)).map(({ key }) => key));
  const gave = new Map(
    services.map(({ service, candidates }) => [
      service.name,
      past(candidates.find(isAvailability)).goodRatio,
    ]),
  );
  const propose = (
    candidate: Candidate,
    tier: Proposal["tier"],
    dependencies: TargetFacts["dependencies"],
  ): Proposal[] => {
    const measured = past(candidate);
    const finished = finishCandidate(candidate, { measured, dependencies });
    return finished ? [{ ...finished, exists: keys.has(sloKey(finished.definition)), tier, measured }] : [];
  };
  const proposals = [
    ...services
      .filter(
        ({ service }) => question.node === undefined && (question.service ?? service.name) === service.name,
      )
      .flatMap(({ service, advice, candidates }) => {
        const dependencies = service.dependencies.map((name) => ({
          name,
          goodRatio: gave.get(name) ?? null,
        }));
        return candidates.flatMap((candidate) => propose(candidate, advice, dependencies));
      }),
    ...nodes.flatMap((candidate) => propose(candidate, { tier: null, rationale: [] }, [])),
  ];
  return { data: { proposals }, asOf: new Date().toISOString(), stale: false, partial: false, warnings: [] };
}
