import type { ExploreAnswer } from "#lib/client/explore.queries.ts";
import { writeBytes, writeCount, writeSeconds } from "#lib/domain/words/figures.ts";

/** What an answer cost: known parts alone, and said where the source tells none. */
export function AnswerCost({ answer }: { answer: ExploreAnswer }) {
  return (
    <p aria-label="Cost" role="note" className="text-small text-dim mt-2.5">
      {costInWords(answer)}
    </p>
  );
}

/** The cost of an answer as a sentence. */
export function costInWords({ cost, lines: ofLines }: Pick<ExploreAnswer, "cost" | "lines">): string {
  const { elapsedMs, bytes, sourceSeconds, samples, peakSamples, lines, logBytes } = cost;
  const told = [
    samples !== null && `${writeCount(samples)} samples read`,
    peakSamples !== null && `at most ${writeCount(peakSamples)} in memory at once`,
    lines !== null && `${writeCount(lines)} lines read`,
    logBytes !== null && `${writeBytes(logBytes)} of logs`,
    sourceSeconds !== null && `${writeSeconds(sourceSeconds)} in the source`,
  ].filter((part) => part !== false);
  const untold = ofLines ? "what was read for lines is not told" : "the source tells none";
  const ours = [`${writeSeconds(elapsedMs / 1000)} until it was here`, writeBytes(bytes)];
  return `Cost: ${[...(told.length === 0 ? [untold] : told), ...ours].join(", ")}.`;
}
