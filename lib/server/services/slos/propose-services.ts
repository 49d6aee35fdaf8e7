import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { namesOf, serviceGroups } from "#lib/domain/signals/service-groups.ts";
import { recommendTier, type TierAdvice } from "#lib/domain/slo/propose/recommend-tier.ts";
import { pipelinesSeen, readSeen, requestsSeen } from "#lib/domain/slo/propose/seen-queries.ts";
import { type Candidate, serviceCandidates } from "#lib/domain/slo/propose/service-candidates.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

/** A 30-day look at runs does not turn within five minutes. */
const RUNS_MAX_AGE_MS = 300_000;

/** What a service could promise, before its past was looked at. */
export interface ServiceProposal {
  service: CatalogueService;
  advice: TierAdvice;
  candidates: Candidate[];
}

/** The candidates of some services; their tiers follow from the whole catalogue. */
export async function proposeServices(
  context: QueryContext,
  services: readonly CatalogueService[],
  catalogue: readonly CatalogueService[],
): Promise<ServiceProposal[]> {
  if (services.length === 0) return [];
  const plane = queryPlane();
  const groups = serviceGroups(services, "listed");
  const [pipelines, ...requests] = await Promise.all([
    plane.instant(context, { expr: pipelinesSeen(), maxAgeMs: RUNS_MAX_AGE_MS }),
    ...groups.map((group) => plane.instant(context, { expr: requestsSeen(group) })),
  ]);
  const answers = groups.map((group, at) => ({ group, samples: requests[at]?.data ?? [] }));
  const seen = readSeen(answers, pipelines.data);
  return services.map((service) => {
    const advice = recommendTier(service, catalogue);
    const subject = {
      name: service.name,
      kind: service.kind,
      owner: service.owner ?? service.team,
      names: namesOf(service),
    };
    const metrics = seen.get(service.name);
    return { service, advice, candidates: metrics ? serviceCandidates(subject, metrics, advice) : [] };
  });
}
