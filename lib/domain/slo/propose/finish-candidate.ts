import type { SloDefinition } from "../definition/definition.ts";
import { recommendTarget, type TargetFacts } from "./recommend-target.ts";
import type { Candidate } from "./service-candidates.ts";

type Past = TargetFacts["measured"];

/** A candidate with a target that can be promised, why it is that one, and what was measured of it. */
export interface Finished {
  definition: SloDefinition;
  reasons: string[];
  measured: Past;
}

/** What is measured for a candidate: itself and its looser thresholds. */
export function definitionsOf({ definition, looser = [] }: Candidate): SloDefinition[] {
  return [definition, ...looser.map((one) => one.definition)];
}

function finish(
  definition: SloDefinition,
  reasons: readonly string[],
  facts: TargetFacts,
): { finished: Finished; met: boolean } | null {
  const advice = recommendTarget(facts);
  if (!advice) return null;
  const { target, phases } = advice;
  const objectives = definition.objectives.map((objective) => ({ ...objective, target }));
  const finished = {
    definition: { ...definition, objectives, phases },
    reasons: [...reasons, ...advice.reasons],
    measured: facts.measured,
  };
  return { finished, met: target === facts.wanted.target };
}

/**
 * Gives a candidate the target that its measured past and its dependencies bear, with a looser threshold where only
 * that bears what is wanted; null when they bear none.
 */
export function finishCandidate(
  { definition, wanted, reasons, dependsOnOthers, looser = [] }: Candidate,
  pastOf: (definition: SloDefinition) => Past,
  dependencies: TargetFacts["dependencies"],
): Finished | null {
  const facts = (of: SloDefinition): TargetFacts => ({
    wanted,
    measured: pastOf(of),
    dependencies: dependsOnOthers ? dependencies : [],
  });
  const tight = finish(definition, reasons, facts(definition));
  if (tight?.met) return tight.finished;
  for (const one of looser) {
    const found = finish(one.definition, [...reasons, one.reason], facts(one.definition));
    if (found?.met) return found.finished;
  }
  return tight?.finished ?? null;
}
