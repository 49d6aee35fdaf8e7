import type { SloDefinition } from "../definition/definition.ts";
import { recommendTarget, type TargetFacts } from "./recommend-target.ts";
import type { Candidate } from "./service-candidates.ts";

/** A candidate with a target that can be promised, and why it is that one. */
export interface Finished {
  definition: SloDefinition;
  reasons: string[];
}

/** Gives a candidate the target that its measured past and its dependencies bear; null when they bear none. */
export function finishCandidate(
  { definition, wanted, reasons, dependsOnOthers }: Candidate,
  facts: Pick<TargetFacts, "measured" | "dependencies">,
): Finished | null {
  const dependencies = dependsOnOthers ? facts.dependencies : [];
  const advice = recommendTarget({ wanted, measured: facts.measured, dependencies });
  if (!advice) return null;
  const { target, phases } = advice;
  const objectives = definition.objectives.map((objective) => ({ ...objective, target }));
  return { definition: { ...definition, objectives, phases }, reasons: [...reasons, ...advice.reasons] };
}
