import "server-only";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { promtoolBinary } from "#demo/cluster/binaries.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { generateRules } from "#lib/domain/slo/rules/generate.ts";
import type { RuleSource } from "#lib/domain/slo/rules/rule.ts";
import { rulesYaml } from "#lib/server/rules/rules-yaml.ts";

const run = promisify(execFile);
const DAY_MS = 86_400_000;

/** What an expression must answer at a time such as "1h5m". */
export interface Expectation {
  at: string;
  expr: string;
  /** Values by labels as promtool writes them; a number alone is one sample without labels. */
  is: number | Record<string, number>;
}

/** Definitions, what is scraped (as promtool writes series), and what must come of it. */
export interface Scenario {
  definitions: readonly SloDefinition[];
  scrapeInterval?: string;
  evaluationInterval?: string;
  series: Record<string, string>;
  expect: readonly Expectation[];
}

/** Definitions as sources whose ids are their names. */
export function sourcesOf(definitions: readonly SloDefinition[]): RuleSource[] {
  return definitions.map((definition) => ({ id: definition.name, definition }));
}

async function inFolder<T>(rules: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "burnline-rules-"));
  try {
    writeFileSync(path.join(folder, "slos.rules.yml"), rules);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `promtool check rules` says of a rule file; rejects with its words when it refuses it. */
export async function checkRules(text: string): Promise<string> {
  return inFolder(text, async (folder) => {
    const { stdout } = await run(await promtoolBinary(), [
      "check",
      "rules",
      path.join(folder, "slos.rules.yml"),
    ]);
    return stdout;
  });
}

/** Runs a scenario from 1970 on with `promtool test rules`; rejects with promtool's differences. */
export async function testRules(scenario: Scenario): Promise<string> {
  const rules = generateRules(sourcesOf(scenario.definitions), { nowMs: DAY_MS, consoleUrl: null });
  const expectations = scenario.expect.map(({ at, expr, is }) => {
    const samples = typeof is === "number" ? { "{}": is } : is;
    const exp_samples = Object.entries(samples).map(([labels, value]) => ({ labels, value }));
    return { expr, eval_time: at, exp_samples };
  });
  const test = {
    rule_files: ["slos.rules.yml"],
    evaluation_interval: scenario.evaluationInterval ?? "1m",
    tests: [
      {
        interval: scenario.scrapeInterval ?? "15s",
        input_series: Object.entries(scenario.series).map(([series, values]) => ({ series, values })),
        promql_expr_test: expectations,
      },
    ],
  };
  return inFolder(rulesYaml(rules), async (folder) => {
    writeFileSync(path.join(folder, "test.yml"), stringify(test, { lineWidth: 0 }));
    const { stdout } = await run(await promtoolBinary(), ["test", "rules", path.join(folder, "test.yml")]);
    return stdout;
  });
}

const BARE = "max without (burnline_slo, slo, service)";
/** A record without the labels that every one of an SLO's has. */
export const bare = (record: string): string => `${BARE} (${record})`;
/** The tiers that fire. */
export const FIRING = 'count by (burnline_tier) (ALERTS{alertname="SloBudgetBurn",alertstate="firing"})';
export const everyTier = (...tiers: string[]): Record<string, number> =>
  Object.fromEntries(tiers.map((tier) => [`{burnline_tier="${tier}"}`, 1]));
/** No sample at all. */
export const NONE: Record<string, number> = {};
