import path from "node:path";
import { CHECKOUT } from "./home.ts";
import type { Part } from "./part.ts";

const nodeArgs = (script: string) => [
  "--import",
  path.join(CHECKOUT, "register.ts"),
  path.join(CHECKOUT, script),
];

const ours = {
  command: process.execPath,
  ready: "event",
  restarts: true,
  stopGraceMs: 3_000,
} as const;

/** The demo's own log store, which speaks Loki's HTTP API. */
export function logStorePart(options: { folder: string; port: number }): Part {
  return {
    ...ours,
    name: "log-store",
    args: nodeArgs("demo/logstore/main.ts"),
    env: { LOGSTORE_DIR: options.folder, LOGSTORE_PORT: String(options.port) },
    readyTimeoutMs: 60_000,
  };
}

/** The simulated cluster; it is ready when all history is in Prometheus. */
export function simulatorPart(options: {
  stateFolder: string;
  port: number;
  historyDays: number;
  pastFault: string | null;
  prometheusUrl: string;
}): Part {
  return {
    ...ours,
    name: "simulator",
    args: nodeArgs("demo/sim/main.ts"),
    env: {
      SIM_PORT: String(options.port),
      SIM_STATE: options.stateFolder,
      SIM_SEED: "1",
      SIM_DAYS: String(options.historyDays),
      SIM_BREAK: options.pastFault ?? undefined,
      SIM_PROMETHEUS_URL: options.prometheusUrl,
    },
    readyTimeoutMs: 180_000,
  };
}

/** Writes the simulated cluster's logs. */
export function logGeneratorPart(options: { lokiUrl: string; simulatorUrl: string }): Part {
  return {
    ...ours,
    name: "log-generator",
    args: nodeArgs("demo/logs/main.ts"),
    env: { LOKI_URL: options.lokiUrl, SIM_URL: options.simulatorUrl },
    readyTimeoutMs: 120_000,
  };
}

/** Where notifications go, and what restarts services when a guarded action asks for it. */
export function catcherPart(options: { port: number; simulatorUrl: string; keyFile: string }): Part {
  return {
    ...ours,
    name: "catcher",
    args: nodeArgs("demo/catcher/main.ts"),
    env: {
      CATCHER_PORT: String(options.port),
      SIM_URL: options.simulatorUrl,
      CATCHER_KEY_FILE: options.keyFile,
    },
    readyTimeoutMs: 60_000,
  };
}

/** Settings of somebody's own servers, which would meet the demo's addresses in the app. */
const FOREIGN_SETTINGS = [
  "BURNLINE_SOURCES",
  "BURNLINE_ADMIN_PASSWORD_FILE",
  ...["PROMETHEUS", "ALERTMANAGER"].flatMap((source) =>
    [
      "_URL",
      "_BEARER_TOKEN",
      "_BEARER_TOKEN_FILE",
      "_BASIC_AUTH",
      "_BASIC_AUTH_FILE",
      "_TENANT",
      "_CA_FILE",
    ].map((suffix) => source + suffix),
  ),
];

/** Burnline itself. It drains and stops its database on SIGTERM, hence the longest grace. */
export function appPart(options: {
  admin: Readonly<Record<string, string>>;
  home: string;
  port: number;
  prometheusUrl: string;
  alertmanagerUrl: string;
  lokiUrl: string;
  rulesFolder: string;
}): Part {
  return {
    name: "app",
    command: process.execPath,
    args: nodeArgs("server.ts"),
    env: {
      ...Object.fromEntries(FOREIGN_SETTINGS.map((name) => [name, undefined])),
      ...options.admin,
      NODE_ENV: "production",
      PORT: String(options.port),
      BURNLINE_HOME: options.home,
      PROMETHEUS_URL: options.prometheusUrl,
      ALERTMANAGER_URL: options.alertmanagerUrl,
      LOKI_URL: options.lokiUrl,
      BURNLINE_RULES_DIR: options.rulesFolder,
      // The catcher is on this machine, where notifications must not go otherwise.
      BURNLINE_OUTBOUND_ALLOW: process.env.BURNLINE_OUTBOUND_ALLOW ?? "127.0.0.1",
    },
    ready: { url: `http://127.0.0.1:${options.port}/api/health/ready` },
    readyTimeoutMs: 120_000,
    restarts: false,
    stopGraceMs: 6_500,
  };
}
