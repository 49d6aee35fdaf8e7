import "server-only";
import { DEFAULT_ALERT_TIERS } from "#lib/domain/slo/alerts/tiers.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { Sli } from "#lib/domain/slo/definition/sli.ts";
import { FEWEST_BAD_EVENTS } from "#lib/domain/slo/status/axes.ts";
import type { SourceDocument } from "../source/document.ts";
import type { Path } from "../source/problem.ts";

/** Where a part of a definition was read: a field of ours, and a field of a document. */
export interface Origin {
  field: Path;
  document: SourceDocument;
  path: Path;
}

/** A definition as a file has it, not yet checked. The first origin is that of the whole. */
export interface Draft {
  definition: SloDefinition;
  origins: [Origin, ...Origin[]];
}

/** A definition with what other formats do not speak of at its default. */
export function foreignDefinition(name: string, sli: Sli): SloDefinition {
  return {
    name,
    description: "",
    service: null,
    node: null,
    owner: null,
    tier: null,
    sli,
    budgeting: { method: "occurrences" },
    objectives: [],
    groupBy: [],
    exclusions: { events: [], windows: [] },
    alertTiers: DEFAULT_ALERT_TIERS.map((tier) => ({ ...tier })),
    minimumBadEvents: FEWEST_BAD_EVENTS,
    onMissing: "gap",
    runbookUrl: null,
    phases: [],
  };
}
