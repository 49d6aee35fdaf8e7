import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { type Proposal, ProposeSlos } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { definitionsOf, finishCandidate } from "#lib/domain/slo/propose/finish-candidate.ts";
import type { TargetFacts } from "#lib/domain/slo/propose/recommend-target.ts";
import type { Candidate } from "#lib/domain/slo/propose/service-candidates.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { measurePasts } from "./propose-past.ts";
import { proposeNodes } from "./propose-nodes.ts";
import { proposeServices, type ServiceProposal } from "./propose-services.ts";

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
  const past = await measurePasts(context, all.flatMap(definitionsOf));
  const keys = new Set((await read(findSlos)).map(({ key }) => key));
  const gave = new Map(
    services.map(({ service, candidates }) => [
      service.name,
      past(candidates.find(isAvailability)?.definition).goodRatio,
    ]),
  );
  const propose = (
    candidate: Candidate,
    tier: Proposal["tier"],
    dependencies: TargetFacts["dependencies"],
  ): Proposal[] => {
    const finished = finishCandidate(candidate, past, dependencies);
    return finished ? [{ ...finished, exists: keys.has(sloKey(finished.definition)), tier }] : [];
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
