import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { prometheusVersion } from "./binaries.ts";
import { CHECKOUT } from "./home.ts";
import type { Part } from "./part.ts";
import { isAtLeast } from "./version.ts";

const SCRAPE_INTERVAL = "15s";
/** Days kept beyond the history, so that a 30-day window is whole on every day the demo runs. */
const SPARE_DAYS = 15;
/**
 * A block takes samples as old as half its span. The simulator writes four hours at a time over two connections,
 * one of which may be a whole write behind, and two-hour blocks refuse that as out of bounds.
 */
const BLOCK_SPAN = "12h";
const RULES = path.join(CHECKOUT, "demo", "rules");

/** A target as a real cluster has it; its figures come from one path of the simulator. */
export interface ScrapeTarget {
  job: string;
  instance: string;
  path: string;
  labels: Readonly<Record<string, string>>;
}

function scrapeJobs(targets: readonly ScrapeTarget[], address: string): unknown[] {
  const jobs = new Map<string, unknown[]>();
  for (const { job, instance, path: metricsPath, labels } of targets) {
    const target = { targets: [address], labels: { ...labels, instance, __metrics_path__: metricsPath } };
    jobs.set(job, [...(jobs.get(job) ?? []), target]);
  }
  // Pod and node of an object are its own labels, as they are where kube-state-metrics is scraped.
  return [...jobs].map(([job_name, static_configs]) => ({ job_name, honor_labels: true, static_configs }));
}

/** The configuration while history is written: nothing may be scraped or alerted on before it is whole. */
export function historyConfig(): string {
  return stringify({ global: { scrape_interval: SCRAPE_INTERVAL } });
}

/** The configuration of the live run; `simulator` and `alertmanager` are `host:port`. */
export function liveConfig(options: {
  targets: readonly ScrapeTarget[];
  simulator: string;
  alertmanager: string;
  ruleFiles: readonly string[];
}): string {
  return stringify({
    global: { scrape_interval: SCRAPE_INTERVAL, evaluation_interval: SCRAPE_INTERVAL },
    rule_files: options.ruleFiles,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [options.alertmanager] }] }] },
    scrape_configs: scrapeJobs(options.targets, options.simulator),
  });
}

/** The rule files that come with the demo. */
export function ruleFiles(): string[] {
  return readdirSync(RULES)
    .filter((name) => name.endsWith(".rules.yml"))
    .map((name) => path.join(RULES, name));
}

/** Replaces a file whole: a server that reads it at that moment sees the old or the new one. */
export function writeConfig(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/** Prometheus as a part of the demo, its data below `folder`. */
export async function prometheusPart(options: {
  binary: string;
  folder: string;
  configFile: string;
  port: number;
  historyDays: number;
}): Promise<Part> {
  const { binary, folder, configFile, port, historyDays } = options;
  const flagged = isAtLeast(await prometheusVersion(binary), { major: 2, minor: 33 });
  return {
    name: "prometheus",
    command: binary,
    args: [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${folder}`,
      `--storage.tsdb.retention.time=${historyDays + SPARE_DAYS}d`,
      `--storage.tsdb.min-block-duration=${BLOCK_SPAN}`,
      `--web.listen-address=127.0.0.1:${port}`,
      // Alerts sent before Alertmanager is discovered are lost; the usual minute is long in a demo.
      "--rules.alert.resend-delay=15s",
      "--web.enable-lifecycle",
      flagged ? "--web.enable-remote-write-receiver" : "--enable-feature=remote-write-receiver",
    ],
    // Collecting garbage less often writes the history with a fifth less CPU, for some 60 MB more.
    env: { GOGC: "300" },
    ready: { url: `http://127.0.0.1:${port}/-/ready` },
    readyTimeoutMs: 60_000,
    restarts: true,
    stopGraceMs: 3_000,
  };
}

/** Makes Prometheus read its configuration again; rejects with its own words when it refuses it. */
export async function reloadPrometheus(url: string): Promise<void> {
  const response = await fetch(`${url}/-/reload`, { method: "POST", signal: AbortSignal.timeout(30_000) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`Prometheus refuses its configuration: ${answer.trim()}`);
}
