import "server-only";
import { becomesOf, type Clearance, clearanceOf } from "#lib/domain/gate/sighting.ts";
import { untoldDeploys } from "#lib/domain/incidents/untold-deploys.ts";
import {
  commitsOf,
  readCommits,
  readDeploys,
  runningVersions,
  type VersionChange,
  versionsAtEnd,
} from "#lib/domain/signals/build-info.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import {
  addDeployment,
  changeDeployment,
  type DeploymentRecord,
  findDeployments,
  newestDeployments,
} from "#lib/server/db/deployment.repo.ts";
import {
  findReleasesOfVersion,
  lockRelease,
  OPEN_STATES,
  type ReleaseRecord,
} from "#lib/server/db/release.repo.ts";
import { findReader, lockReader, moveReader } from "#lib/server/db/timeline-reader.repo.ts";
import type { Job } from "#lib/server/jobs/repeat.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import { beginDeploy, DEPLOY_ENDS, endDeploy, recordDeploy, type Word } from "./deploys.ts";

const READER = "running versions";
const EVERY_MS = 60_000;
const STEP_SECONDS = 60;
/** Versions show a while after they run; what was seen already is told apart by its row. */
const LATE_MS = 10 * 60_000;
/** After a longer rest of Burnline's own, what went out meanwhile is not looked for. */
const LOOK_BACK_MS = 24 * 3_600_000;
const MOST_KNOWN = 50;
/** The longest version that a release can be asked for with. */
const MOST_VERSION = 128;

/** A version that came, with the commits it was built from, where its pods say so. */
interface Sighting extends VersionChange {
  commits: string[];
}

/** What one look shows of a service. */
interface Look {
  service: string;
  sightings: Sighting[];
  running: ReadonlySet<string>;
}

const seenAt = (atMs: number): Word => ({
  actorId: SYSTEM_ACTOR.id,
  at: new Date(atMs),
  note: null,
  source: "build_info",
});

async function recordUncleared(
  tx: Transaction,
  { service, version, previous, atMs, commits }: Sighting,
  { release, because }: Clearance<ReleaseRecord & { leaseUntilMs: number | null }>,
): Promise<void> {
  await appendDecision(tx, {
    kind: "deploy_uncleared",
    service,
    releaseId: release?.id ?? null,
    actorId: SYSTEM_ACTOR.id,
    decision: release?.decision ?? null,
    at: new Date(atMs),
    body: { version, previous, commit: commits[0] ?? null, because, source: "build_info" },
  });
}

/** A version came that nobody had told of: its release goes out, whether it was cleared or not, and if not that is said. */
async function takeIn(tx: Transaction, sighting: Sighting): Promise<void> {
  const { service, version, previous, atMs, commits } = sighting;
  const word = seenAt(atMs);
  const releases = (await findReleasesOfVersion(tx, sighting)).map((one) => ({
    ...one,
    leaseUntilMs: one.leaseUntil?.getTime() ?? null,
  }));
  const clearance = clearanceOf(releases, commits, atMs);
  const { gate, because } = clearance;
  const release = clearance.release && (await lockRelease(tx, clearance.release.id));
  if (gate !== "cleared") await recordUncleared(tx, sighting, clearance);
  if (!release || gate === "no_release" || !OPEN_STATES.includes(release.state)) {
    const commit = commits[0] ?? null;
    const releaseId = release?.id ?? null;
    const what = { service, version, commit, previous, source: word.source, startedAt: word.at };
    return addDeployment(tx, { ...what, releaseId, gate });
  }
  if (release.state === "deploying") return;
  if (gate === "cleared") await recordDeploy(tx, release, word, { kind: "deploy_started", because: null });
  const haltReason = gate === "cleared" ? null : `it went out without the gate: ${because}`;
  await beginDeploy(tx, release, word, { gate, previous, haltReason });
}

/** What is seen to have become of the newest deployment. What CI began CI ends, but it may not tell of a way back. */
async function follow(
  tx: Transaction,
  newest: DeploymentRecord,
  running: ReadonlySet<string>,
  nowMs: number,
): Promise<void> {
  const state = becomesOf(newest, running);
  if (state === null || (state === "finished" && newest.source === "ci")) return;
  const word = seenAt(nowMs);
  const release = newest.releaseId === null ? null : await lockRelease(tx, newest.releaseId);
  const end = state === "finished" ? "finish" : "roll_back";
  if (release && DEPLOY_ENDS[end].from.includes(release.state)) await endDeploy(tx, release, end, word);
  else await changeDeployment(tx, newest.id, { state, finishedAt: word.at });
}

/** What is told of a service's versions by now; one that was taken back tells of the one before it, too. */
function toldBy(known: readonly DeploymentRecord[]): { version: string; atMs: number }[] {
  return known.flatMap(({ version, startedAt, state, previous, finishedAt }) => [
    { version, atMs: startedAt.getTime() },
    ...(state === "rolled_back" && previous !== null && finishedAt !== null
      ? [{ version: previous, atMs: finishedAt.getTime() }]
      : []),
  ]);
}

/** A version came: a deployment, unless it is told already or is the way back from the newest one. */
async function takeInSighting(tx: Transaction, sighting: Sighting): Promise<void> {
  const known = await findDeployments(tx, sighting.service, MOST_KNOWN);
  const [newest] = known;
  if (newest?.version === sighting.version && newest.previous === null)
    return changeDeployment(tx, newest.id, { previous: sighting.previous });
  // What ran before the newest one and comes again is that one's end, and no deployment of its own.
  if (newest?.previous === sighting.version) return;
  for (const fresh of untoldDeploys([sighting], toldBy(known))) await takeIn(tx, fresh);
}

/** Takes one service's look in: what is known is read while the reader is locked, so that each version is told once. */
function takeInLook({ service, sightings, running }: Look, nowMs: number): Promise<void> {
  return transaction(async (tx) => {
    await lockReader(tx, READER);
    for (const sighting of sightings.toSorted((a, b) => a.atMs - b.atMs)) await takeInSighting(tx, sighting);
    const [newest] = await findDeployments(tx, service, 1);
    if (newest) await follow(tx, newest, running, nowMs);
  });
}

async function look(sinceMs: number, nowMs: number, signal: AbortSignal): Promise<Look[]> {
  const context = { actor: SYSTEM_ACTOR, signal };
  const fromMs = Math.max(sinceMs - LATE_MS, nowMs - LOOK_BACK_MS);
  const query = { expr: runningVersions(null), fromMs, toMs: nowMs, stepSeconds: STEP_SECONDS };
  const { data } = await queryPlane().range(context, query);
  const changes = readDeploys(data).filter(({ version }) => version.length <= MOST_VERSION);
  const looks: Look[] = [];
  for (const [service, running] of versionsAtEnd(data.series)) {
    const sightings: Sighting[] = [];
    for (const change of changes.filter((one) => one.service === service)) {
      const built = await queryPlane().instant(context, { expr: commitsOf(service, change.version) });
      sightings.push({ ...change, commits: readCommits(built.data) });
    }
    looks.push({ service, sightings, running });
  }
  return looks;
}

/**
 * Looks which versions run: one that came without a word of CI is matched to its release, one that the gate had not let
 * out is written down. The first look ever only notes when it was. A look that is repeated tells nothing twice.
 */
export async function watchVersions(nowMs: number, signal: AbortSignal): Promise<void> {
  if (sourcesOf("prometheus").length === 0) return;
  const since = await read((tx) => findReader(tx, READER));
  if (since !== null) {
    const looks = await look(Number(since), nowMs, signal);
    const newest = await read(newestDeployments);
    for (const one of looks) {
      signal.throwIfAborted();
      const last = newest.get(one.service);
      const isNews = one.sightings.length > 0 || (last && becomesOf(last, one.running) !== null);
      if (isNews) await takeInLook(one, nowMs);
    }
  }
  await transaction(async (tx) => {
    const before = await lockReader(tx, READER);
    if (BigInt(nowMs) > before) await moveReader(tx, READER, BigInt(nowMs));
  });
}

/** The job behind {@link watchVersions}; every replica may run it. */
export function watchVersionsJob(): Job {
  return {
    name: "running versions",
    retryMs: EVERY_MS,
    run: async (signal) => {
      await watchVersions(Date.now(), signal);
      return EVERY_MS;
    },
  };
}
