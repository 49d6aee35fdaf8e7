import "server-only";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { alertmanagerBinary, prometheusBinary } from "#demo/cluster/binaries.ts";
import { freePort } from "#demo/cluster/ports.ts";

const READY_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** A real server on a free port, its state in a folder of its own. */
export interface RealServer {
  readonly url: string;
  /** Starts it again on the same port and data after `stop`. */
  start: () => Promise<void>;
  stop: () => Promise<void>;
  /** Stops it and removes its data. */
  remove: () => Promise<void>;
}

type Arguments = (folder: string, port: number) => string[];

async function launch(binary: string, argumentsFor: Arguments): Promise<RealServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "burnline-real-"));
  const port = (await freePort(0)) ?? 0;
  const url = `http://127.0.0.1:${port}`;
  let child: ReturnType<typeof spawn> | null = null;
  const stop = async () => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const exited = once(running, "exit");
    running.kill("SIGKILL");
    await exited;
  };
  const server: RealServer = {
    url,
    start: async () => {
      child = spawn(binary, argumentsFor(folder, port), { stdio: "ignore" });
      await until(async () => (await fetch(`${url}/-/ready`)).ok);
    },
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

/** Resolves once `check` answers true; what it throws meanwhile counts as "not yet". */
export async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let cause: unknown;
  const holds = () =>
    check().catch((error: unknown) => {
      cause = error;
      return false;
    });
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not so within ${READY_WITHIN_MS} ms`, { cause });
    await sleep(POLL_MS);
  }
}

/**
 * A Prometheus that scrapes `target` (`host:port`) every second and sends its alerts to `alertmanager`. One whose past
 * is written scrapes nothing: a sample of now would have it refuse older ones.
 */
export async function startPrometheus(options: {
  target?: string;
  rules?: unknown;
  /** Rule files kept elsewhere; may have wildcards. */
  ruleFiles?: readonly string[];
  alertmanager?: string;
  flags?: readonly string[];
}): Promise<RealServer> {
  const { target, rules, ruleFiles = [], alertmanager, flags = [] } = options;
  return launch(await prometheusBinary(), (folder, port) => {
    const config = path.join(folder, "prometheus.yml");
    const scrape = { job_name: "test", honor_labels: true, static_configs: [{ targets: [target] }] };
    writeFileSync(path.join(folder, "test.rules.yml"), stringify(rules ?? { groups: [] }));
    writeFileSync(
      config,
      stringify({
        global: { scrape_interval: "1s", evaluation_interval: "1s" },
        rule_files: ["test.rules.yml", ...ruleFiles],
        scrape_configs: target === undefined ? [] : [scrape],
        ...(alertmanager && {
          alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
        }),
      }),
    );
    return [
      `--config.file=${config}`,
      `--storage.tsdb.path=${path.join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      // What is sent before Alertmanager is discovered is lost until the next time.
      "--rules.alert.resend-delay=1s",
      ...flags,
    ];
  });
}

/** An Alertmanager that tells nobody. */
export async function startAlertmanager(): Promise<RealServer> {
  return launch(await alertmanagerBinary(), (folder, port) => {
    const config = path.join(folder, "alertmanager.yml");
    writeFileSync(config, stringify({ route: { receiver: "none" }, receivers: [{ name: "none" }] }));
    return [
      `--config.file=${config}`,
      `--storage.path=${path.join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ];
  });
}

/** A scrape target that exposes a fixed text; resolves to its `host:port` and a way to close it. */
export async function startTarget(exposition: string): Promise<{ address: string; close: () => void }> {
  const server = http.createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(exposition);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `127.0.0.1:${port}`, close };
}
