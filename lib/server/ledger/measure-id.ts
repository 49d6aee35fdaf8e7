import "server-only";
import { createHash } from "node:crypto";
import { canonicalJson, storable } from "#lib/domain/audit/canonical-json.ts";
import type { Measure } from "#lib/domain/slo/queries/measure.ts";

/** The id of a measure: the hash of what it asks, so that the same question has the same slots. */
export function measureId(measure: Measure): string {
  return createHash("sha256")
    .update(canonicalJson(storable(measure)))
    .digest("hex")
    .slice(0, 32);
}
