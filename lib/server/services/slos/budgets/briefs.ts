import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { type BudgetBrief, compareBudgets } from "#lib/domain/slo/status/budget-brief.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import type { StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { sharedReading } from "#lib/server/shared-reading.ts";
import { toSloEntry } from "../entry.ts";
import { readAll } from "../list.ts";
import { sloFilter } from "../visibility.ts";

interface Row {
  definition: SloDefinition;
  brief: BudgetBrief;
}

const ROWS = sharedReading("slos.briefs", async () => {
  const { slos, states } = await read(readAll);
  return slos.flatMap((slo) => toRow(slo, states.get(slo.id) ?? [], Date.now()) ?? []);
});

type Figures = Pick<
  BudgetBrief,
  "budgetRemainingRatio" | "sustainedBurnRate" | "timeToExhaustionSeconds" | "lasts"
>;
const NO_FIGURES: Figures = {
  budgetRemainingRatio: null,
  sustainedBurnRate: null,
  timeToExhaustionSeconds: null,
  lasts: false,
};

function figuresOf({ worst }: SloEntry): Figures {
  if (!worst) return NO_FIGURES;
  const { budgetRemainingRatio, sustainedBurnRate, timeToExhaustionSeconds, lasts } = worst;
  return { budgetRemainingRatio, sustainedBurnRate, timeToExhaustionSeconds, lasts };
}

/** Drafts alone are no budget yet. */
function toRow(slo: SloRecord, states: readonly StateRecord[], nowMs: number): Row | null {
  const { definition } = slo;
  if (!definition) return null;
  const entry = toSloEntry(slo, { states, measure: undefined, nowMs });
  const { target, window } = definition.objectives[entry.worst?.objective ?? 0]!;
  const { id, key, name, status, firing, evaluatedAt } = entry;
  const evaluated = states.some(({ version }) => version === slo.version);
  return {
    definition,
    brief: {
      ...{ id, key, name, target, firing, evaluatedAt },
      status: evaluated ? status : null,
      window: writeWindow(window),
      ...figuresOf(entry),
    },
  };
}

/** The budgets that an actor may see, by what they are of; worst first. */
export interface Budgets {
  services: ReadonlyMap<string, BudgetBrief[]>;
  nodes: ReadonlyMap<string, BudgetBrief[]>;
  journeys: readonly BudgetBrief[];
  /** Why there are none; null when they were read. */
  missing: string | null;
}

/**
 * Every budget in brief, for answers that show other things too: one reading of the database a second, whatever the
 * number of SLOs and askers, and no error but a word of what is missing.
 */
export async function readBudgets(actor: Actor): Promise<Budgets> {
  try {
    const isVisible = await sloFilter(actor);
    const rows = (await ROWS.read()).filter(({ definition }) => isVisible(definition));
    const briefs = (own: readonly Row[]) => own.map(({ brief }) => brief).sort(compareBudgets);
    const by = (of: (definition: SloDefinition) => string | null) => {
      const named = Map.groupBy(rows, ({ definition }) => of(definition));
      return new Map([...named].flatMap(([name, own]) => (name === null ? [] : [[name, briefs(own)]])));
    };
    return {
      services: by(({ service }) => service),
      nodes: by(({ node }) => node),
      journeys: briefs(rows.filter(({ definition: { service, node } }) => service === null && node === null)),
      missing: null,
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { services: new Map(), nodes: new Map(), journeys: [], missing: error.message };
  }
}

/** An answer that tells budgets too: partial when they are missing. */
export function mapWithBudgets<A, B>(
  measured: Measured<A>,
  budgets: Budgets,
  change: (data: A) => B,
): Measured<B> {
  const { missing } = budgets;
  return {
    ...measured,
    data: change(measured.data),
    partial: measured.partial || missing !== null,
    warnings: missing === null ? measured.warnings : [...measured.warnings, `budgets missing: ${missing}`],
  };
}
