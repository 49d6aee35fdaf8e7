import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cruise, type IReporterOutput, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../.dependency-cruiser.mjs";

const root = path.dirname(import.meta.dirname);
let tree = "";

beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), "burnline-boundaries-"));
  symlinkSync(path.join(root, "node_modules"), path.join(tree, "node_modules"));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** One violation per rule: a file of the tree and the module it must not import. */
const PLANTED: [rule: string, from: string, to: string][] = [
  ["no-circular", "lib/domain/a/one.ts", "lib/domain/a/two.ts"],
  ["no-unresolvable", "lib/domain/a/lost.ts", "./nowhere.ts"],
  ["domain-imports-nothing", "lib/domain/a/x.ts", "lib/contracts/x.ts"],
  ["domain-no-io", "lib/domain/a/io.ts", "node:fs"],
  ["format-imports-domain-only", "lib/format/x.ts", "lib/client/x.ts"],
  ["contracts-import-domain-only", "lib/contracts/y.ts", "lib/client/x.ts"],
  ["client-stays-in-the-browser", "lib/client/y.ts", "lib/server/x.ts"],
  ["server-imports-inward", "lib/server/y.ts", "components/shell/x.ts"],
  ["prisma-only-in-db", "lib/server/z.ts", "@prisma/client"],
  ["components-never-reach-the-server", "components/slos/y.ts", "lib/server/x.ts"],
  ["features-never-meet", "components/slos/z.ts", "components/nodes/x.ts"],
  ["primitives-know-no-feature", "components/ui/y.ts", "components/nodes/x.ts"],
  ["charts-own-the-renderer", "components/nodes/y.ts", "recharts"],
  ["app-not-prisma", "app/page.ts", "lib/server/db/x.ts"],
  ["demo-stays-outside", "demo/y.ts", "lib/server/x.ts"],
  ["nobody-imports-the-demo", "lib/server/demo.ts", "demo/x.ts"],
];

function write(file: string, text: string): void {
  const full = path.join(tree, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
}

function specifier(from: string, to: string): string {
  if (!to.endsWith(".ts") || to.startsWith("./")) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith(".") ? relative : `./${relative}`;
}

async function violatedRules(): Promise<Set<string>> {
  const { options, forbidden } = config;
  const before = process.cwd();
  process.chdir(tree);
  try {
    const { tsConfig: _tsConfig, ...rest } = options;
    const result: IReporterOutput = await cruise(["app", "components", "lib", "demo"], {
      ...rest,
      validate: true,
      ruleSet: { forbidden },
    });
    return new Set(
      (result.output as ICruiseResult).summary.violations.map((violation) => violation.rule.name),
    );
  } finally {
    process.chdir(before);
  }
}

describe("module boundaries", () => {
  it("plants a violation for every rule", () => {
    expect(PLANTED.map(([rule]) => rule).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  it.each(PLANTED)("%s fires when %s imports %s", async (rule, from, to) => {
    for (const folder of ["app", "components", "lib", "demo"]) {
      rmSync(path.join(tree, folder), { recursive: true, force: true });
      mkdirSync(path.join(tree, folder));
    }
    write("package.json", '{ "type": "module" }');
    if (to.endsWith(".ts") && !to.startsWith("./")) write(to, "export const value = 1;\n");
    expect(await violatedRules()).toEqual(new Set());
    write(
      from,
      `import * as other from ${JSON.stringify(specifier(from, to))};\nexport const mine = other;\n`,
    );
    if (rule === "no-circular")
      write(
        to,
        `import * as other from ${JSON.stringify(specifier(to, from))};\nexport const value = other;\n`,
      );
    expect(await violatedRules()).toContain(rule);
  });
});
