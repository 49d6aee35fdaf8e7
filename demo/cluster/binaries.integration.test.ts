import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { alertmanagerBinary, prometheusBinary, prometheusVersion, promtoolBinary } from "./binaries.ts";
import { packageSystem } from "./install-hint.ts";
import { unpackDebianPackages } from "./debian-packages.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "burnline-binaries-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("finds programs that are what their names say", async () => {
  const [prometheus, promtool, alertmanager] = await Promise.all([
    prometheusBinary(),
    promtoolBinary(),
    alertmanagerBinary(),
  ]);
  expect((await prometheusVersion(prometheus)).major).toBeGreaterThanOrEqual(2);
  expect(Object.values(await run(promtool, ["--version"])).join("")).toMatch(/^promtool, version /);
  expect(Object.values(await run(alertmanager, ["--version"])).join("")).toMatch(/^alertmanager, version /);
});

it.runIf(packageSystem() === "apt")(
  "unpacks once when two callers race, and leaves nothing aside",
  async () => {
    const target = path.join(folder, "bin", "debian-packages");
    await Promise.all([unpackDebianPackages(target), unpackDebianPackages(target)]);
    expect(await readdir(path.join(folder, "bin"))).toEqual(["debian-packages"]);
    expect(await prometheusVersion(path.join(target, "usr", "bin", "prometheus"))).toMatchObject({
      major: 2,
    });
  },
);
