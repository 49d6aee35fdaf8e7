import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { RunbookUrl } from "./base.ts";
import { journeySlos } from "./journey-slos.ts";
import { allNodeSlos } from "./node-slos.ts";
import { serviceSlos } from "./service-slos.ts";

/** Every SLO that the demo begins with, journeys after what they are made of. */
export function demoSlos(runbookUrl: RunbookUrl): SloDefinition[] {
  return [...serviceSlos(runbookUrl), ...allNodeSlos(runbookUrl), ...journeySlos(runbookUrl)];
}
