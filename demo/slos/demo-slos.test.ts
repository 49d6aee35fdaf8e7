import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { checkDefinition } from "#lib/domain/slo/definition/check-definition.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { CHECKOUT } from "#demo/cluster/home.ts";
import { BUCKET_SECONDS } from "#demo/sim/latency.ts";
import { NODES } from "#demo/sim/nodes.ts";
import { SERVICES } from "#demo/sim/services.ts";
import { demoSlos } from "./demo-slos.ts";

const slos = demoSlos((name) => `http://127.0.0.1:19100/runbooks/${name}.md`);
const keys = slos.map(sloKey);

it("speaks of every service and every node", () => {
  expect(new Set(slos.flatMap(({ service }) => service ?? []))).toEqual(
    new Set(SERVICES.map(({ name }) => name)),
  );
  expect(new Set(slos.flatMap(({ node }) => node ?? []))).toEqual(new Set(NODES.map(({ name }) => name)));
  expect(keys).toContain("journey:purchase");
  expect(new Set(keys).size).toBe(keys.length);
});

describe.each(slos.map((definition) => [sloKey(definition), definition] as const))(
  "%s",
  (_key, definition) => {
    it("can be saved", () => {
      expect(SloDefinition.parse(definition)).toEqual(definition);
      expect(checkDefinition(definition)).toEqual([]);
    });

    it("names a runbook that is there", () => {
      const file = path.basename(new URL(definition.runbookUrl ?? "").pathname);
      expect(existsSync(path.join(CHECKOUT, "docs", "runbooks", file)), file).toBe(true);
    });

    it("reads what the simulator has: an existing bucket, and steps that come before it", () => {
      const { sli } = definition;
      if (sli.kind === "latency") expect(BUCKET_SECONDS).toContain(sli.thresholdSeconds);
      if (sli.kind !== "composite") return;
      const before = keys.slice(0, keys.indexOf(sloKey(definition)));
      for (const { slo } of sli.steps) expect(before).toContain(slo);
    });
  },
);
