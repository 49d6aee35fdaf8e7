import "server-only";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { ActionRun } from "#lib/contracts/runbook-actions.ts";
import type { GuardedAction } from "#lib/contracts/runbooks.ts";
import { type Actor, SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { callNext } from "#lib/server/actions/call-next.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { type Catcher, CATCHER_ENVIRONMENT, startCatcher } from "#lib/server/notify/testing/catcher.ts";
import { recordDiscovered } from "#lib/server/services/catalogue/record-discovered.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { readTimeline } from "#lib/server/services/incidents/timeline/read.ts";
import { approveRun } from "#lib/server/services/runbook-actions/approve.ts";
import { askRun } from "#lib/server/services/runbook-actions/ask.ts";
import { getRun } from "#lib/server/services/runbook-actions/list.ts";
import { createRunbook } from "#lib/server/services/runbooks/save.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus, startTarget, until } from "#lib/server/testing/real-servers.ts";

export const ANN: Actor = { ...personWith("sre"), id: "ann" };
export const BEN: Actor = { ...personWith("sre"), id: "ben" };
export const CAT: Actor = { ...personWith("release_manager"), id: "cat" };
export const READY = {
  says: "one is ready",
  query: 'ready{service="$service"}',
  op: ">=",
  value: 1,
} as const;
const EXPOSITION = `ready{service="checkout"} 2
ready{service="search"} 0
mixed{service="checkout",pod="a"} 2
mixed{service="checkout",pod="b"} 0
nothing{service="checkout"} NaN
`;
const found = {
  kind: "api",
  namespace: "prod",
  nodes: [],
  metricPreset: "prometheus",
  tier: null,
  team: null,
  dependencies: [],
} as const;
const store = globalThis as unknown as Record<symbol, unknown>;

/** What the tests of a file speak with; there once their hooks have run. */
export interface Bench {
  prometheus: RealServer;
  receiver: Catcher;
  databaseUrl: string;
}

/** A database, a Prometheus that knows `checkout` and `search`, and a receiver, for all tests of a file. */
export function startBench(): Bench {
  const bench = {} as Bench;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    const target = await startTarget(EXPOSITION);
    bench.prometheus = await startPrometheus({ target: target.address });
    bench.receiver = await startCatcher();
    ends.push(target.close, bench.prometheus.remove, bench.receiver.close);
    const { url } = bench.prometheus;
    const sources = [{ kind: "prometheus" as const, name: "real", url }];
    store[Symbol.for("burnline.settings")] = { value: { ...parseSettings(CATCHER_ENVIRONMENT), sources } };
    bench.databaseUrl = await freshDatabase();
    ends.push(connectDatabase(bench.databaseUrl));
    const services = ["checkout", "search"].map((name) => ({ ...found, name, nodes: [], dependencies: [] }));
    await recordDiscovered(SYSTEM_ACTOR, services, new Date());
    await until(async () =>
      (await (await fetch(`${url}/api/v1/query?query=ready`)).text()).includes("checkout"),
    );
  });
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    delete store[Symbol.for("burnline.settings")];
  });
  beforeEach(() => {
    bench.receiver.caught.length = 0;
    bench.receiver.respond = (response) => void response.writeHead(200).end("restarted 2 pods");
  });
  return bench;
}

let made = 0;
/** A runbook of its own with one action; answers its name. */
export async function runbook({ receiver }: Bench, more: Partial<GuardedAction> = {}): Promise<string> {
  made += 1;
  const name = `Runbook${made}`;
  const action: GuardedAction = {
    name: "restart",
    title: "Restart",
    url: `${receiver.url}/restart`,
    keyVersion: 1,
    target: "service",
    conditions: [READY],
    approvalBy: null,
    limit: { runs: 3, perMinutes: 60 },
    timeoutSeconds: 1,
    ...more,
  };
  await createRunbook(ANN, { name, title: name, markdown: "# x", actions: [action] }, testCaller());
  return name;
}

/** Asks for a run of a runbook's action, for `checkout` unless it is said otherwise. */
export async function ask(name: string, more: object = {}, actor = ANN): Promise<ActionRun> {
  const input = {
    name,
    action: "restart",
    version: 1,
    service: "checkout",
    dryRun: false,
    reason: "it fails",
  };
  return (await askRun(actor, { ...input, ...more }, testCaller())).run;
}

export const approve = async (id: string, actor = BEN): Promise<ActionRun> =>
  (await approveRun(actor, { id }, testCaller())).run;

/** Has all calls made that are due. */
export async function callAll({ receiver }: Bench): Promise<void> {
  while (await callNext(new AbortController().signal, receiver.way));
}

/** A run as it stands now. */
export const nowOf = async (id: string): Promise<ActionRun> => (await getRun(VIEWER, { id })).run;

/** Asks for a run and has it called. */
export async function ran(bench: Bench, name: string, more: object = {}): Promise<ActionRun> {
  const { id } = await ask(name, more);
  await callAll(bench);
  return nowOf(id);
}

/** The states of actions that an incident's timeline tells of. */
export async function told(incident: string): Promise<string[]> {
  const { entries } = await readTimeline(VIEWER, { id: incident, after: "0" });
  return entries.flatMap(({ body }) => (body.kind === "action" ? [body.state] : []));
}

export async function anIncident(): Promise<string> {
  const fields = { title: "Checkout fails", severity: "P2" };
  return (await openIncident(ANN, fields, testCaller())).incident.id;
}
