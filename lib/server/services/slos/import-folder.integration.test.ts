import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db, read } from "#lib/server/db/client.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import type * as Env from "#lib/server/env.ts";
import { parseSettings } from "#lib/server/env.ts";
import { log } from "#lib/server/log.ts";
import { writeBurnline } from "#lib/server/slo-code/formats/burnline/write.ts";
import { ADMIN, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { createSlo } from "./create.ts";
import { folderJob } from "./import-folder.ts";
import { readSloFolder } from "./import-folder-state.ts";
import { importSlos } from "./import.ts";
import { deleteSlo } from "./delete.ts";

const A = soundDefinition({ name: "a" });
const B = soundDefinition({ name: "b" });
const STRICTER = soundDefinition({
  name: "a",
  objectives: [{ target: 0.9999, window: { kind: "rolling", days: 30 } }],
});
const yaml = (definition: typeof A) => writeBurnline(definition).text;

let disconnect: () => Promise<void>;
let folder: string;
const look = (job = folderJob(folder)) => job.run(new AbortController().signal);
const put = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const found = async () =>
  (await read(findSlos)).map(({ key, version, source }) => `${key}@${version} ${source}`);
const state = () => readSloFolder(VIEWER);

const settings = vi.hoisted(() => ({ sloDir: null as string | null }));
vi.mock("#lib/server/env.ts", async (original) => {
  const real = await original<typeof Env>();
  return { ...real, settings: () => ({ ...real.settings(), ...settings }) };
});

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "slos-"));
  settings.sloDir = folder;
  await db().$executeRawUnsafe("truncate slos, slo_versions, measures cascade");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

describe("the folder of SLO files", () => {
  it("makes, changes and removes SLOs as its files are", async () => {
    mkdirSync(path.join(folder, "team"));
    put("team/a.yaml", yaml(A));
    put("b.yml", yaml(B));
    put("readme.md", "not: looked at");
    await look();
    expect(await found()).toEqual(["checkout/a@1 file", "checkout/b@1 file"]);
    put("team/a.yaml", yaml(STRICTER));
    rmSync(path.join(folder, "b.yml"));
    await look();
    expect(await found()).toEqual(["checkout/a@2 file"]);
    // Files need no reason, not even for a lower target: they have their own history.
    put("team/a.yaml", yaml(A));
    await look();
    expect(await found()).toEqual(["checkout/a@3 file"]);
    expect(await state()).toMatchObject({ folder, files: 1, slos: 1, problems: [] });
  });

  it("leaves all as it was while one file is bad, says so once, and shows where", async () => {
    put("a.yaml", yaml(A));
    const job = folderJob(folder);
    await look(job);
    const warn = vi.spyOn(log(), "warn").mockReturnValue();
    put("a.yaml", yaml(STRICTER));
    put("b.yaml", yaml(B).replace("target: 0.999", "target: 1"));
    await look(job);
    await look(job);
    expect(await found()).toEqual(["checkout/a@1 file"]);
    expect((await state()).problems).toEqual([
      expect.objectContaining({ file: "b.yaml", path: "spec.objectives.0.target" }),
    ]);
    expect(warn).toHaveBeenCalledTimes(1);
    put("b.yaml", yaml(B));
    await look(job);
    expect(await found()).toEqual(["checkout/a@2 file", "checkout/b@1 file"]);
    expect((await state()).problems).toEqual([]);
  });

  it("takes nothing away while the folder is empty or away", async () => {
    put("a.yaml", yaml(A));
    const job = folderJob(folder);
    await look(job);
    rmSync(path.join(folder, "a.yaml"));
    await look(job);
    expect(await found()).toEqual(["checkout/a@1 file"]);
    expect((await state()).problems).toHaveLength(1);
    rmSync(folder, { recursive: true });
    await look(job);
    expect(await found()).toEqual(["checkout/a@1 file"]);
    mkdirSync(folder);
    put("none.yaml", "# no SLO any more\n");
    await look(job);
    expect(await found()).toEqual([]);
  });

  it("follows the links of a ConfigMap through its change", async () => {
    const version = (name: string, text: string) => {
      mkdirSync(path.join(folder, name));
      put(`${name}/slos.yaml`, text);
      symlinkSync(name, path.join(folder, "..new"));
      renameSync(path.join(folder, "..new"), path.join(folder, "..data"));
    };
    version("..2026_1", yaml(A));
    symlinkSync("..data/slos.yaml", path.join(folder, "slos.yaml"));
    const job = folderJob(folder);
    await look(job);
    expect(await found()).toEqual(["checkout/a@1 file"]);
    version("..2026_2", yaml(B));
    await look(job);
    expect(await found()).toEqual(["checkout/b@1 file"]);
  });

  it("gives one result on two replicas at once", async () => {
    put("a.yaml", `${yaml(A)}---\n${yaml(B)}`);
    await Promise.all([look(), look(), look()]);
    expect(await found()).toEqual(["checkout/a@1 file", "checkout/b@1 file"]);
    const actions = await db().auditEntry.findMany({ where: { action: "slo.created" } });
    expect(new Set(actions.map(({ resourceId }) => resourceId)).size).toBe(actions.length);
  });

  it("takes over an SLO of the pages, and its SLOs are changed in their files alone", async () => {
    const { id } = await createSlo(ADMIN, { definition: A }, testCaller());
    put("a.yaml", yaml(A));
    await look();
    expect(await found()).toEqual(["checkout/a@1 file"]);
    const { problems } = await importSlos(ADMIN, { text: yaml(STRICTER) }, testCaller());
    expect(problems).toMatchObject([{ message: "comes from a file; change the file" }]);
    await expect(deleteSlo(ADMIN, { id }, testCaller())).rejects.toMatchObject({ code: "invalid" });
    settings.sloDir = null;
    expect((await importSlos(ADMIN, { text: yaml(STRICTER) }, testCaller())).problems).toEqual([]);
    expect(await found()).toEqual(["checkout/a@2 file"]);
  });

  it("keeps an SLO that a journey still reads", async () => {
    const steps = [{ name: "pay", slo: "checkout/b", onCriticalPath: true }];
    const sli = {
      kind: "composite" as const,
      combine: "serial" as const,
      steps,
      businessImpact: "high" as const,
    };
    put("a.yaml", yaml(A));
    put("b.yaml", yaml(B));
    await look();
    await createSlo(
      ADMIN,
      { definition: soundDefinition({ name: "buy", service: null, sli }) },
      testCaller(),
    );
    rmSync(path.join(folder, "b.yaml"));
    await look();
    expect(await found()).toContain("checkout/b@1 file");
    expect((await state()).problems).toMatchObject([
      { message: "checkout/b is in no file any more, but a step of journey:buy." },
    ]);
  });
});

describe("BURNLINE_SLO_DIR", () => {
  it("must be a folder", () => {
    expect(parseSettings({ BURNLINE_SLO_DIR: folder }).sloDir).toBe(folder);
    put("file", "");
    for (const bad of [path.join(folder, "none"), path.join(folder, "file")])
      expect(() => parseSettings({ BURNLINE_SLO_DIR: bad })).toThrow("BURNLINE_SLO_DIR");
  });
});
