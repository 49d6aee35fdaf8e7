import { expect, it } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { bare, everyTier, FIRING, NONE, type Scenario, testRules } from "#lib/server/testing/promtool.ts";

/** 99.9 % of checkout's requests over 30 days; pages from 1.44 % on. */
const AVAILABILITY = soundDefinition();
const OK = 'http_requests_total{service="checkout",job="shop",instance="a",status="200"}';
const FAILED = 'http_requests_total{service="checkout",job="shop",instance="a",status="500"}';
const NO_DATA = 'count(ALERTS{alertname="SloNoData",alertstate="firing"})';
const SCENARIOS: Record<string, Scenario> = {
  "a steady 0.05 % alerts nobody and spends half the budget's pace": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+1999x1500", [FAILED]: "0+1x1500" },
    expect: [
      { at: "6h10m", expr: bare("slo:sli_error:ratio_rate5m"), is: 0.0005 },
      { at: "6h10m", expr: bare("slo:sli_error:ratio_rate6h"), is: 0.0005 },
      { at: "6h10m", expr: bare("slo:sli_total:increase1h"), is: 480_000 },
      { at: "6h10m", expr: "ALERTS", is: NONE },
      { at: "6h10m", expr: "max(slo:error_budget:ratio)", is: 0.001 },
      // 368 or 369 tiles of 43,200, as the groups' turns have it: 1 - 0.0005 * 368.5 / 43.2.
      { at: "6h10m", expr: "abs(max(slo:error_budget_remaining:ratio) - 0.995735) < bool 0.00001", is: 1 },
    ],
  },
  "15 minutes at 50 % under ten times the traffic are 4.76 % of the day, not 0.52 %": {
    definitions: [AVAILABILITY],
    scrapeInterval: "1m",
    series: {
      [OK]: "0+60x720 43500+300x14 47760+60x740",
      [FAILED]: "0x720 300+300x14 4500x740",
    },
    expect: [
      { at: "24h2m", expr: bare("slo:sli_bad:increase1d"), is: 4_500 },
      { at: "24h2m", expr: bare("slo:sli_total:increase1d"), is: 94_500 },
      { at: "24h2m", expr: bare("slo:sli_error:ratio_rate1d"), is: 4_500 / 94_500 },
      { at: "11h59m", expr: "ALERTS", is: NONE },
      { at: "12h5m", expr: FIRING, is: everyTier("page_fast", "page_slow", "ticket_fast", "ticket_slow") },
      // Six hours on no short window burns any more, though every long one still does.
      { at: "24h2m", expr: "ALERTS", is: NONE },
    ],
  },
  "a service without any series of bad events is perfect, not unknown": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x600" },
    expect: [
      { at: "2h", expr: bare("slo:sli_bad:increase1h"), is: 0 },
      { at: "2h", expr: bare("slo:sli_error:ratio_rate1h"), is: 0 },
      { at: "2h", expr: "max(slo:error_budget_remaining:ratio)", is: 1 },
      { at: "2h", expr: "ALERTS", is: NONE },
    ],
  },
  "its first error counts, though the series is born with it": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x600", [FAILED]: "_x120 7+0x400" },
    expect: [
      { at: "30m", expr: bare("slo:sli_bad:increase5m"), is: 0 },
      { at: "32m", expr: bare("slo:sli_bad:increase5m"), is: 7 },
    ],
  },
  "without traffic there is no ratio, no alert and no NaN": {
    definitions: [AVAILABILITY],
    series: { [OK]: "1000x600", [FAILED]: "10x600" },
    expect: [
      { at: "2h", expr: bare("slo:sli_total:increase1h"), is: 0 },
      { at: "2h", expr: "slo:sli_error:ratio_rate1h", is: NONE },
      { at: "2h", expr: "slo:error_budget_remaining:ratio", is: NONE },
      { at: "2h", expr: 'sum({__name__=~"slo.+"}) - sum({__name__=~"slo.+"})', is: 0 },
      { at: "2h", expr: "ALERTS", is: NONE },
    ],
  },
  "a target that is gone is told ten minutes after its last sample": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x119 _x200" },
    expect: [
      { at: "39m", expr: NO_DATA, is: NONE },
      { at: "41m", expr: NO_DATA, is: 1 },
      { at: "45m", expr: "slo:sli_error:ratio_rate5m", is: NONE },
      { at: "45m", expr: FIRING, is: NONE },
    ],
  },
  "a target that never was is told, too": {
    definitions: [AVAILABILITY],
    series: { up: "1x100" },
    expect: [
      { at: "4m", expr: NO_DATA, is: NONE },
      { at: "6m", expr: NO_DATA, is: 1 },
    ],
  },
  "a counter that restarts counts up to its restart and from it": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x80 0+15x200" },
    // 120 scrapes of 15 each, but for the one between 1,200 and 0, whose requests nobody saw.
    expect: [{ at: "40m", expr: bare("slo:sli_total:increase30m"), is: 1_785 }],
  },
  "two minutes of failed scrapes lose nothing": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x80 _x8 1335+15x200" },
    expect: [{ at: "40m", expr: bare("slo:sli_total:increase30m"), is: 1_800 }],
  },
  "fewer than three bad events never alert": {
    definitions: [AVAILABILITY],
    series: { [FAILED]: "0x39 1x39 2x39 3x80" },
    expect: [
      { at: "22m", expr: bare("slo:sli_error:ratio_rate5m"), is: 1 },
      { at: "22m", expr: bare("slo:sli_bad:increase1h"), is: 2 },
      { at: "22m", expr: "ALERTS", is: NONE },
      { at: "32m", expr: FIRING, is: everyTier("page_fast", "page_slow", "ticket_fast", "ticket_slow") },
    ],
  },
  "a burst is in each window for exactly as long as the window": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x400", [FAILED]: "0x119 10x300" },
    expect: [
      { at: "30m", expr: bare("slo:sli_bad:increase5m"), is: 0 },
      { at: "31m", expr: bare("slo:sli_bad:increase5m"), is: 10 },
      { at: "31m", expr: bare("slo:sli_total:increase5m"), is: 310 },
      { at: "35m", expr: bare("slo:sli_bad:increase5m"), is: 10 },
      { at: "36m", expr: bare("slo:sli_bad:increase5m"), is: 0 },
      { at: "60m", expr: bare("slo:sli_bad:increase30m"), is: 10 },
      { at: "61m", expr: bare("slo:sli_bad:increase30m"), is: 0 },
    ],
  },
  "broken samples are a gap in both, never a good minute": {
    definitions: [AVAILABILITY],
    series: { [OK]: "0+15x200", [FAILED]: "0+15x79 NaN NaN NaN NaN 1260+15x100" },
    expect: [
      { at: "20m", expr: bare("slo:sli_error:ratio_rate5m"), is: 0.5 },
      // Of the tiles of 19m to 23m, those of 21m and 22m have an edge that is no number.
      { at: "21m", expr: "slo_tile:sli_total:increase1m", is: NONE },
      { at: "23m", expr: bare("slo:sli_total:increase5m"), is: 360 },
      { at: "23m", expr: bare("slo:sli_error:ratio_rate5m"), is: 0.5 },
    ],
  },
  "scrapes a minute apart count the same": {
    definitions: [AVAILABILITY],
    scrapeInterval: "1m",
    series: { [OK]: "0+54x100", [FAILED]: "0+6x100" },
    expect: [
      { at: "70m", expr: bare("slo:sli_total:increase1h"), is: 3_600 },
      { at: "70m", expr: bare("slo:sli_error:ratio_rate1h"), is: 0.1 },
    ],
  },
};

it.each(Object.entries(SCENARIOS))("%s", async (_, scenario) => {
  expect(await testRules(scenario)).toContain("SUCCESS");
});
