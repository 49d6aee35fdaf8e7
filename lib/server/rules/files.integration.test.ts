import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { amtoolBinary } from "#demo/cluster/binaries.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import type { LatencySli } from "#lib/domain/slo/definition/sli.ts";
import { TEMPLATE_KINDS, templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { generateRules } from "#lib/domain/slo/rules/generate.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { alertmanagerYaml } from "./alertmanager-yaml.ts";
import { rulesYaml } from "./rules-yaml.ts";
import { checkRules, sourcesOf } from "#lib/server/testing/promtool.ts";

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), "burnline-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HOSTILE = `x"'\\ {{ $value }} {{ query "up" }} # - é: &a *b |`;
const subject = {
  owner: HOSTILE,
  tier: null,
  runbookUrl: "https://r.example/{{x}}",
  names: METRIC_PRESETS.prometheus,
};
const native: LatencySli = {
  kind: "latency",
  histogram: "native",
  durations: { metric: "d_seconds", matchers: [] },
  thresholdSeconds: 0.00005,
  durationToSeconds: 1,
};
const week = { objectives: [{ target: 0.9, window: { kind: "rolling", days: 3 } as const }] };

const EVERY_KIND = [
  ...TEMPLATE_KINDS.flatMap((kind) =>
    templateDefinitions(kind, { ...subject, service: `${kind} ${HOSTILE}` }),
  ),
  soundDefinition({ name: "native", sli: native, groupBy: ["route"], onMissing: "bad" }),
  soundDefinition({ name: "no-runbook", runbookUrl: null }),
  soundDefinition({ name: "short", ...week }),
  soundDefinition({ name: "refused", groupBy: ["severity"] }),
];
const SOURCES = sourcesOf(EVERY_KIND);

it("promtool accepts the rules of every kind, whatever they are called", async () => {
  const text = rulesYaml(generateRules(SOURCES, { nowMs: 0, consoleUrl: "https://b.example" }));
  expect(await checkRules(text)).toMatch(/SUCCESS: \d{3} rules found/);
  expect(text).toContain('# checkout/refused: The rules set the label "severity" themselves.');
  expect(text).toContain(
    "# ticket_slow of 90% 3d is left out. Its long window of 3d is over half the objective's.",
  );
  expect(text).toContain("# Alert rules need a runbook");
});

it("promtool accepts a file without any rule", async () => {
  expect(await checkRules(rulesYaml([]))).toContain("SUCCESS: 0 rules found");
});

it("amtool accepts the routes and inhibitions, and pages go where pages belong", async () => {
  const file = path.join(folder, "alertmanager.yml");
  writeFileSync(file, alertmanagerYaml(SOURCES));
  const amtool = await amtoolBinary();
  expect((await run(amtool, ["check-config", file])).stdout).toContain("5 inhibit rules");
  const receiverOf = async (...labels: string[]) =>
    (await run(amtool, ["config", "routes", "test", `--config.file=${file}`, ...labels])).stdout.trim();
  expect(await receiverOf("burnline_slo=a/b", "burnline_action=page")).toBe("burnline-page");
  expect(await receiverOf("burnline_slo=a/b", "burnline_action=ticket")).toBe("burnline-ticket");
});
