import http from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { actionJobs } from "#lib/server/actions/jobs.ts";
import { alertJobs } from "#lib/server/alerts/jobs.ts";
import { sinkSender } from "#lib/server/audit/sink-sender.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { hasher } from "#lib/server/auth/hasher.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { createLeadership } from "#lib/server/db/leadership.ts";
import { startEmbeddedPostgres } from "#lib/server/db/embedded/start.ts";
import { settings, SettingsError } from "#lib/server/env.ts";
import { forgetKeysJob } from "#lib/server/idempotency/once.ts";
import { deploysJob } from "#lib/server/incidents/deploy-facts.ts";
import { startedAtJob } from "#lib/server/incidents/started-at.ts";
import { forgeJobs } from "#lib/server/forges/jobs.ts";
import { repeat } from "#lib/server/jobs/repeat.ts";
import { catchUpJob, lookJob } from "#lib/server/ledger/jobs.ts";
import { LedgerKeeper } from "#lib/server/ledger/keeper.ts";
import { answer, type NextHandler } from "#lib/server/listener/answer.ts";
import { drain } from "#lib/server/listener/drain.ts";
import { log } from "#lib/server/log.ts";
import { letHeapGrow } from "#lib/server/heap.ts";
import { outcomesJob } from "#lib/server/gate/record-outcomes.ts";
import { watchReleasesJob } from "#lib/server/gate/watch-releases.ts";
import { watchVersionsJob } from "#lib/server/gate/watch-versions.ts";
import { notifyJobs } from "#lib/server/notify/jobs.ts";
import { alertRulesJob } from "#lib/server/services/alert-rules/delivery-job.ts";
import { rulesJob } from "#lib/server/rules/rules-job.ts";
import { prepareFirstStart } from "#lib/server/services/account/first-start.ts";
import { reminderJob } from "#lib/server/services/action-items/remind.ts";
import { runDiscovery } from "#lib/server/services/discovery/run.ts";
import { runbookTemplates } from "#lib/server/services/runbooks/templates.ts";
import { folderJob } from "#lib/server/services/slos/import-folder.ts";
import { logTails } from "#lib/server/stream/log-tails.ts";
import { timelineHub } from "#lib/server/stream/timeline-hub.ts";
import { migrate } from "./prisma/migrate.ts";

const DRAIN_MS = 5_000;
const DATABASE_LOOK_MS = 1_000;
const SINK_RETRY_MS = 5_000;
/** A query of 10,000 characters, as long as one may be, is three times that in an address. */
const MAX_HEADER_BYTES = 64 * 1024;
const DISCOVERY_EVERY_MS = 60_000;
/** While there are more services at every look, a source is probably just starting. */
const DISCOVERY_RETRY_MS = 3_000;

interface Database {
  url: string;
  close: () => Promise<void>;
  /** Answers the wait until the next look; a database of one's own is looked after elsewhere. */
  keepUp: () => Promise<number>;
}

async function openDatabase(): Promise<Database> {
  const { databaseUrl, home } = settings();
  const embedded = databaseUrl === null ? await startEmbeddedPostgres({ home }) : null;
  const url = databaseUrl ?? embedded?.url ?? "";
  const { applied } = await migrate(url);
  if (applied.length > 0) log().info({ applied }, "database migrated");
  const disconnect = connectDatabase(url);
  return {
    url,
    close: async () => {
      await disconnect();
      await embedded?.stop();
    },
    keepUp: async () => {
      if (await embedded?.revive()) log().warn("the embedded PostgreSQL had died; it runs again");
      return DATABASE_LOOK_MS;
    },
  };
}

/** A job that looks for services: soon again until there is one, and as long as there are more each time. */
function discovery(): (signal: AbortSignal) => Promise<number> {
  let most = 0;
  return async (signal) => {
    if (!settings().sources.some(({ kind }) => kind === "prometheus")) return DISCOVERY_EVERY_MS;
    const { recorded } = await runDiscovery(SYSTEM_ACTOR, { signal });
    const settled = recorded > 0 && recorded <= most;
    most = Math.max(most, recorded);
    return settled ? DISCOVERY_EVERY_MS : DISCOVERY_RETRY_MS;
  };
}

async function main(): Promise<void> {
  letHeapGrow();
  const { port, access, rulesDir, sloDir } = settings();
  const dev = process.argv.includes("--dev");
  let handler: NextHandler | null = null;
  // Next takes upgrades for its development reload; otherwise one is an ordinary request and meets the guard.
  const server = http.createServer(
    { shouldUpgradeCallback: () => dev, maxHeaderSize: MAX_HEADER_BYTES },
    (request, response) => void answer(request, response, handler),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, access.listen, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const app = next({
    dev,
    dir: import.meta.dirname,
    hostname: access.listen,
    port: bound,
    httpServer: server,
  });

  const closing = new AbortController();
  logTails().endWith(closing.signal);
  const stop = async () => {
    await drain(server, closing, DRAIN_MS);
    await Promise.allSettled([app.close(), ...jobs]);
    await keeper.close();
    await database.close();
    process.exit(0);
  };
  const [database] = await Promise.all([openDatabase(), app.prepare()]);
  const keeper = new LedgerKeeper(createLeadership(database.url, "ledger"));
  const jobs = [
    repeat(lookJob(keeper), closing.signal),
    repeat(catchUpJob(keeper), closing.signal),
    timelineHub().run(database.url, closing.signal),
    ...alertJobs().map((job) => repeat(job, closing.signal)),
    ...notifyJobs().map((job) => repeat(job, closing.signal)),
    ...actionJobs().map((job) => repeat(job, closing.signal)),
    ...forgeJobs().map((job) => repeat(job, closing.signal)),
    repeat(watchReleasesJob(), closing.signal),
    repeat(watchVersionsJob(), closing.signal),
    repeat(outcomesJob(), closing.signal),
    repeat(startedAtJob(), closing.signal),
    repeat(deploysJob(), closing.signal),
    repeat(reminderJob(), closing.signal),
    repeat(forgetKeysJob(), closing.signal),
    repeat({ name: "discovery", run: discovery(), retryMs: DISCOVERY_RETRY_MS }, closing.signal),
    ...(rulesDir === null
      ? []
      : [rulesJob(rulesDir), alertRulesJob(rulesDir)].map((job) => repeat(job, closing.signal))),
    ...(sloDir === null ? [] : [repeat(folderJob(sloDir), closing.signal)]),
    repeat({ name: "audit sink", run: sinkSender(), retryMs: SINK_RETRY_MS }, closing.signal),
    repeat({ name: "database", run: database.keepUp, retryMs: DATABASE_LOOK_MS }, closing.signal),
  ];
  hasher();
  runbookTemplates();
  await prepareFirstStart();
  handler = app.getRequestHandler();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
  log().info({ url: `http://${access.listen}:${bound}` }, "listening");
}

main().catch((error: unknown) => {
  const code = (error as { code?: string } | null)?.code;
  if (error instanceof SettingsError) process.stderr.write(`burnline: ${error.message}\n`);
  else if (code === "EADDRINUSE" || code === "EACCES")
    process.stderr.write(`burnline: PORT: cannot listen on ${settings().port} (${code})\n`);
  else
    process.stderr.write(
      `burnline: could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  process.exit(1);
});
