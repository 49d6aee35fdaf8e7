import type { Cost } from "#lib/client/explore-answer.ts";
import { writeBytes, writeCount, writeSeconds } from "#lib/domain/words/figures.ts";

/** What an answer cost: known parts alone, and said where the source tells none. */
export function AnswerCost({ cost }: { cost: Cost }) {
  return (
    <p aria-label="Cost" role="note" className="text-small text-dim mt-2.5">
      {costInWords(cost)}
    </p>
  );
}

/** The cost of an answer as a sentence. */
export function costInWords(cost: Cost): string {
  const { elapsedMs, bytes, sourceSeconds, samples, peakSamples, lines, logBytes } = cost;
  const told = [
    samples !== null && `${writeCount(samples)} samples read`,
    peakSamples !== null && `at most ${writeCount(peakSamples)} in memory at once`,
    lines !== null && `${writeCount(lines)} lines read`,
    logBytes !== null && `${writeBytes(logBytes)} of logs`,
    sourceSeconds !== null && `${writeSeconds(sourceSeconds)} in the source`,
  ].filter((part) => part !== false);
  const ours = [`${writeSeconds(elapsedMs / 1000)} until it was here`, writeBytes(bytes)];
  const all = [...(told.length === 0 ? ["the source tells no cost"] : told), ...ours];
  return `Cost: ${all.join(", ")}.`;
}
