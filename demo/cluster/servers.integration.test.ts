import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { alertmanagerConfig, alertmanagerPart } from "./alertmanager.ts";
import { alertmanagerBinary, prometheusBinary } from "./binaries.ts";
import type { Part } from "./part.ts";
import { freePort } from "./ports.ts";
import {
  historyConfig,
  liveConfig,
  prometheusPart,
  reloadPrometheus,
  ruleFiles,
  writeConfig,
} from "./prometheus.ts";
import { RunFiles } from "./run-files.ts";
import { Supervisor } from "./supervisor.ts";

let folder: string;
let supervisor: Supervisor;
const parts: Part[] = [];
const said: string[] = [];
const file = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnline-servers-"));
  supervisor = new Supervisor({
    logFolder: file("log"),
    runFiles: new RunFiles(file("run")),
    listener: { say: (line) => said.push(line), event: () => undefined, lost: () => undefined },
  });
});
afterAll(async () => {
  await Promise.all(parts.map((part) => supervisor.stop(part)));
  rmSync(folder, { recursive: true, force: true });
});

async function start(part: Part): Promise<void> {
  parts.push(part);
  await supervisor.start(part);
}

async function port(): Promise<number> {
  const free = await freePort(0);
  if (free === null) throw new Error("no free port");
  return free;
}

it("alerts travel from the rules to Alertmanager once the live configuration is loaded", async () => {
  const ports = { prometheus: await port(), alertmanager: await port() };
  const url = `http://127.0.0.1:${ports.prometheus}`;
  writeConfig(
    file("alertmanager.yml"),
    alertmanagerConfig({ url: "http://127.0.0.1:9/", tokenFile: file("token") }),
  );
  writeConfig(file("prometheus.yml"), historyConfig());
  await start(
    alertmanagerPart({
      binary: await alertmanagerBinary(),
      folder: file("alertmanager"),
      configFile: file("alertmanager.yml"),
      port: ports.alertmanager,
    }),
  );
  await start(
    await prometheusPart({
      binary: await prometheusBinary(),
      folder: file("prometheus"),
      configFile: file("prometheus.yml"),
      port: ports.prometheus,
      historyDays: 1,
    }),
  );
  const rules = async () => (await fetch(`${url}/api/v1/rules`)).text();
  expect(await rules()).not.toContain("Watchdog");

  const live = { targets: [], simulator: "127.0.0.1:9", alertmanager: `127.0.0.1:${ports.alertmanager}` };
  writeConfig(file("prometheus.yml"), liveConfig({ ...live, ruleFiles: ruleFiles() }));
  await reloadPrometheus(url);
  expect(await rules()).toContain("Watchdog");
  const alerts = async () => (await fetch(`http://127.0.0.1:${ports.alertmanager}/api/v2/alerts`)).text();
  await expect.poll(alerts, { timeout: 45_000, interval: 500 }).toContain("Watchdog");
  expect(said).toEqual([]);

  writeConfig(file("prometheus.yml"), "scrape_configs: 7\n");
  await expect(reloadPrometheus(url)).rejects.toThrow(
    /refuses its configuration: .*scrape_configs|cannot unmarshal/s,
  );
});
