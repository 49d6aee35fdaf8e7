import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { promtoolBinary } from "#demo/cluster/binaries.ts";
import { ruleFiles } from "#demo/cluster/prometheus.ts";

const run = promisify(execFile);
const TESTS = path.join(import.meta.dirname, "tests");

it("Prometheus accepts every rule file", async () => {
  const files = ruleFiles();
  expect(files).not.toEqual([]);
  const { stdout } = await run(await promtoolBinary(), ["check", "rules", ...files]);
  expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
});

it.each(readdirSync(TESTS))("the alerts of %s fire when they should and not before", async (name) => {
  const { stdout } = await run(await promtoolBinary(), ["test", "rules", path.join(TESTS, name)]);
  expect(stdout).toContain("SUCCESS");
});
