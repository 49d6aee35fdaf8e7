import "server-only";
import type { BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import { readDeploys, runningVersions } from "#lib/domain/signals/build-info.ts";
import { type SlotRange, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { AppError } from "#lib/server/errors.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

type Annotation = BudgetGraphs["annotations"][number];

const STEP_SECONDS = 3600;

/** Deploys of a service within a range, to the hour; `missing` says why they are not known. */
export async function deployAnnotations(
  context: QueryContext,
  service: string | null,
  range: SlotRange,
): Promise<{ deploys: Annotation[]; missing: string | null }> {
  if (service === null) return { deploys: [], missing: null };
  const span = { fromMs: slotStartMs(range.from), toMs: slotStartMs(range.to) };
  try {
    const query = { expr: runningVersions(service), ...span, stepSeconds: STEP_SECONDS };
    const { data } = await queryPlane().range(context, query);
    const deploys = readDeploys(data).map(({ atMs, version, previous }): Annotation => {
      const text = previous === null ? version : `${version}, before ${previous}`;
      return { atMs, untilMs: null, kind: "deploy", text };
    });
    return { deploys, missing: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { deploys: [], missing: `deploys are missing: ${error.message}` };
  }
}
