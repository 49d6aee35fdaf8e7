import { describe, expect, it } from "vitest";
import type { TierKey } from "../slo/alerts/tiers.ts";
import { type BurnNow, burnNews, type BurnTold } from "./burn-news.ts";

const HEALTHY: BurnTold = { status: "healthy", firing: [], leastRatio: 0.6 };

function tiers(firing: Partial<Record<TierKey, boolean | null>>): BurnNow["tiers"] {
  const all = { page_fast: false, ticket_slow: false, ...firing };
  return [
    { key: "page_fast", action: "page", longMinutes: 60, firing: all.page_fast },
    { key: "ticket_slow", action: "ticket", longMinutes: 4320, firing: all.ticket_slow },
  ];
}
const now = (more: Partial<BurnNow> = {}): BurnNow => ({
  status: "healthy",
  budgetRemainingRatio: 0.6,
  tiers: tiers({}),
  ...more,
});

describe("what there is to tell of a burn", () => {
  it.each<[string, BurnTold, BurnNow, string | null, boolean]>([
    ["nothing changed", HEALTHY, now(), null, false],
    ["a worse status", HEALTHY, now({ status: "critical" }), "healthy → critical", true],
    ["a better one", { ...HEALTHY, status: "critical" }, now(), "critical → healthy", false],
    ["silence", HEALTHY, now({ status: "no_data" }), "healthy → no data", true],
    ["the first look at what is well", { ...HEALTHY, status: null }, now(), null, false],
    [
      "the first look at what is not",
      { ...HEALTHY, status: null },
      now({ status: "warning" }),
      "warning",
      true,
    ],
    ["a tier began", HEALTHY, now({ tiers: tiers({ page_fast: true }) }), "page over 1 h fires", true],
    ["a tier ended", { ...HEALTHY, firing: ["ticket_slow"] }, now(), "ticket over 72 h ended", false],
    [
      "51 to 49 %",
      { ...HEALTHY, leastRatio: 0.51 },
      now({ budgetRemainingRatio: 0.49 }),
      "less than 50 % of its budget left",
      true,
    ],
    ["exactly 50 % is not less", HEALTHY, now({ budgetRemainingRatio: 0.5 }), null, false],
    [
      "from 50 % on down",
      { ...HEALTHY, leastRatio: 0.5 },
      now({ budgetRemainingRatio: 0.499 }),
      "less than 50 % of its budget left",
      true,
    ],
    [
      "several lines at once: the lowest",
      HEALTHY,
      now({ budgetRemainingRatio: 0.09 }),
      "less than 10 % of its budget left",
      true,
    ],
    [
      "nothing left",
      { ...HEALTHY, leastRatio: 0.01 },
      now({ budgetRemainingRatio: 0 }),
      "nothing left of its budget",
      true,
    ],
    ["overdrawn further", { ...HEALTHY, leastRatio: 0 }, now({ budgetRemainingRatio: -3 }), null, false],
    [
      "a line passed before",
      { ...HEALTHY, leastRatio: 0.4 },
      now({ budgetRemainingRatio: 0.45 }),
      null,
      false,
    ],
    [
      "nobody knows what was left",
      { ...HEALTHY, leastRatio: null },
      now({ budgetRemainingRatio: 0.1 }),
      null,
      false,
    ],
    ["nobody knows what is left", HEALTHY, now({ budgetRemainingRatio: null }), null, false],
    [
      "all at once",
      HEALTHY,
      now({
        status: "exhausted",
        budgetRemainingRatio: -0.1,
        tiers: tiers({ page_fast: true, ticket_slow: true }),
      }),
      "healthy → exhausted; page over 1 h and ticket over 72 h fire; nothing left of its budget",
      true,
    ],
  ])("%s", (_, told, current, text, worse) => {
    const news = burnNews(told, current);
    expect(news?.text ?? null).toBe(text);
    expect(news?.worse ?? false).toBe(worse);
  });

  it("a tier of which nothing is known stays as it was told", () => {
    const told: BurnTold = { ...HEALTHY, firing: ["page_fast"] };
    const silent = now({ status: "no_data", tiers: tiers({ page_fast: null }) });
    expect(burnNews(told, silent)).toMatchObject({ text: "healthy → no data", firing: ["page_fast"] });
  });
});
