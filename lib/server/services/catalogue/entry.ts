import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { valuesInForce } from "#lib/domain/catalogue/merge.ts";
import type { ServiceEdits, ServiceRecord } from "#lib/server/db/service.repo.ts";

type Values = Required<ServiceEdits>;

/** Of what discovery does not look for, nothing is known until a person says it. */
const UNKNOWN = {
  environment: null,
  owner: null,
  repository: null,
  metricOverrides: {},
  thresholds: {},
} satisfies Partial<Values>;

/** A row of the catalogue as callers see it: the values in force. */
export function toCatalogueService(record: ServiceRecord): CatalogueService {
  const { name, discovered, edits, version, firstSeenAt, lastSeenAt } = record;
  return {
    name,
    ...valuesInForce<Values>({ ...UNKNOWN, ...discovered }, {}, edits),
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    version,
  };
}
