import { writeSeconds } from "#lib/domain/words/figures.ts";

interface Outlook {
  budgetRemainingRatio: number | null;
  timeToExhaustionSeconds: number | null;
  lasts: boolean;
}

/** How long a budget lasts, in a word or two: "19 h left", "lasts", "gone". */
export function outlookInWords(budget: Outlook): string {
  const { budgetRemainingRatio: left, timeToExhaustionSeconds: seconds, lasts } = budget;
  if (left === null) return "unknown";
  if (left <= 0) return "gone";
  if (lasts) return "lasts";
  return seconds === null ? "unknown" : `${writeSeconds(seconds)} left`;
}
