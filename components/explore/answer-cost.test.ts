import { expect, test } from "vitest";
import { costInWords } from "./answer-cost.tsx";

const none = { sourceSeconds: null, samples: null, peakSamples: null, lines: null, logBytes: null };
const ours = { elapsedMs: 1_234, bytes: 56_300 };
const NO_LINES = { lines: [], limitReached: false };

test.each([
  [{ ...none, samples: 489_000, peakSamples: 1_204, sourceSeconds: 0.0491 }, null, "489k samples read, at most 1,204 in memory at once, 49.1 ms in the source"], // prettier-ignore
  [{ ...none, lines: 7, logBytes: 1e6 }, null, "7 lines read, 1 MB of logs"],
  [none, null, "the source tells none"],
  [none, NO_LINES, "what was read for lines is not told"],
])("%j", (told, lines, words) => {
  const cost = costInWords({ cost: { ...told, ...ours }, lines });
  expect(cost).toBe(`Cost: ${words}, 1.23 s until it was here, 56.3 kB.`);
});
