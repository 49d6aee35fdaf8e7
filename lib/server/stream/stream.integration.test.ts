import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type StreamMessage, StreamMessage as Message } from "#lib/contracts/stream.ts";
import { type Actor, SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { createIncident } from "#lib/server/db/incident.repo.ts";
import { upsertSightings } from "#lib/server/db/service.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { respondProblem } from "#lib/server/listener/respond.ts";
import { readTimeline } from "#lib/server/services/incidents/timeline/read.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { handleStream } from "./handle-stream.ts";
import { MAX_STREAMS_EACH, TimelineHub } from "./timeline-hub.ts";

const CONFINED: Actor = {
  ...personWith("sre"),
  confinement: [{ label: "service", operator: "=", value: "web" }],
};
const SERVICES = ["web", "secret"];

let url: string;
let disconnect: () => Promise<void>;
const incidents: Record<string, string> = {};
beforeAll(async () => {
  url = await freshDatabase();
  disconnect = connectDatabase(url);
  const seen = SERVICES.map((name) => ({
    name,
    kind: "api" as const,
    namespace: null,
    nodes: [],
    metricPreset: "prometheus" as const,
    tier: null,
    team: null,
    dependencies: [],
  }));
  await transaction((tx) => upsertSightings(tx, seen, new Date()));
  for (const service of SERVICES) {
    const fields = { title: service, severity: "P2", phase: "DETECT", origin: "manual", service } as const;
    const made = await transaction((tx) =>
      createIncident(tx, { ...fields, detectedAt: new Date() }, Date.now()),
    );
    incidents[service] = made.id;
  }
});
afterAll(() => disconnect());

/** One process: its hub, and a listener that answers with its streams. */
interface Process {
  hub: TimelineHub;
  stop: () => Promise<void>;
  address: string;
}

let who: () => Promise<Actor>;
const processes: Process[] = [];
const clients: Client[] = [];

async function startProcess(times: { aliveMs?: number; recheckMs?: number } = {}): Promise<Process> {
  const hub = new TimelineHub();
  const closing = new AbortController();
  const running = hub.run(url, closing.signal);
  const server = http.createServer((request, response) => {
    handleStream(request, response, { hub, actorOf: () => who(), ...times }).catch((error: unknown) =>
      respondProblem(response, error, "r"),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    closing.abort();
    await running;
    await new Promise((resolve) => server.close(resolve));
  };
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const made = { hub, stop, address };
  processes.push(made);
  return made;
}

/** A browser: what it heard, and whether the stream is still there. */
class Client {
  readonly heard: StreamMessage[] = [];
  ended = false;
  readonly #stop = new AbortController();

  async open(address: string): Promise<this> {
    clients.push(this);
    const response = await fetch(address, { signal: this.#stop.signal });
    if (!response.ok) throw new AppError("unavailable", String(response.status));
    void this.#read(response)
      .catch(() => undefined)
      .finally(() => (this.ended = true));
    return this;
  }

  async #read(response: Response): Promise<void> {
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const events = `${text}${chunk}`.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const data = event.split("\n").find((line) => line.startsWith("data: "));
        if (data) this.heard.push(Message.parse(JSON.parse(data.slice(6))));
      }
    }
  }

  seqs(): string[] {
    return this.heard.flatMap((one) => (one.topic === "timeline" ? [one.seq] : []));
  }

  greetings(): string[] {
    return this.heard.flatMap((one) => (one.topic === "hello" ? [one.head] : []));
  }

  drop(): void {
    this.#stop.abort();
  }
}

async function note(service: string, markdown: string): Promise<string> {
  const incidentId = incidents[service]!;
  const [seq] = await transaction((tx) =>
    appendEvents(tx, [
      { incidentId, at: new Date(), actorId: SYSTEM_ACTOR.id, body: { kind: "note", markdown } },
    ]),
  );
  return String(seq);
}

beforeEach(() => {
  who = () => Promise.resolve(VIEWER);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.drop();
  for (const { stop } of processes.splice(0)) await stop();
});

/** Until the hub listens, which it says by greeting again. */
async function listening(client: Client): Promise<void> {
  const mark = await note("web", "mark");
  await vi.waitFor(() => expect([...client.seqs(), ...client.greetings()]).toContain(mark));
}

test("two processes tell the same facts, in the order they were committed", async () => {
  const [one, other] = [await startProcess(), await startProcess()];
  const [a, b] = [await new Client().open(one.address), await new Client().open(other.address)];
  await Promise.all([listening(a), listening(b)]);
  const seqs = await Promise.all(Array.from({ length: 20 }, (_, i) => note("web", `at once ${i}`)));
  const inOrder = seqs
    .map(Number)
    .sort((x, y) => x - y)
    .map(String);
  for (const client of [a, b]) {
    await vi.waitFor(() => expect(client.seqs().slice(-20)).toEqual(inOrder));
    expect(new Set(client.seqs()).size).toBe(client.seqs().length);
  }
});

test("whoever was away learns from the greeting that something is missing, and asks for exactly that", async () => {
  const { address } = await startProcess();
  const before = await new Client().open(address);
  await listening(before);
  const known = await readTimeline(VIEWER, { id: incidents.web });
  before.drop();
  const missed = [
    await note("web", "missed 1"),
    await note("web", "missed 2"),
    await note("web", "missed 3"),
  ];
  const after = await new Client().open(address);
  await vi.waitFor(() => expect(after.greetings()).toEqual([missed.at(-1)]));
  const asked = await readTimeline(VIEWER, { id: incidents.web, after: known.head });
  expect(asked.entries.map(({ seq }) => seq)).toEqual(missed);
  const next = await note("web", "next");
  await vi.waitFor(() => expect(after.seqs()).toEqual([next]));
});

test("a lost connection to the database is made anew, and everybody is greeted with what they may have missed", async () => {
  const { address } = await startProcess();
  const client = await new Client().open(address);
  await listening(client);
  await db().$queryRaw`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name like 'burnline listens to %'`;
  const missed = await note("web", "while nobody listened");
  await vi.waitFor(() => expect(client.greetings()).toContain(missed), { timeout: 10_000 });
  const next = await note("web", "heard again");
  await vi.waitFor(() => expect(client.seqs().at(-1)).toBe(next));
});

test("whoever is confined hears of what they may see, and of nothing else", async () => {
  who = () => Promise.resolve(CONFINED);
  const { address } = await startProcess();
  const client = await new Client().open(address);
  await listening(client);
  await note("secret", "not for them");
  const own = await note("web", "for them");
  await vi.waitFor(() => expect(client.seqs().at(-1)).toBe(own));
  const about = client.heard.flatMap((one) => (one.topic === "timeline" ? [one.incidentId] : []));
  expect(new Set(about)).toEqual(new Set([incidents.web]));
});

test("a stream says that it is alive, and ends when the session does", async () => {
  const { address } = await startProcess({ aliveMs: 20, recheckMs: 50 });
  const client = await new Client().open(address);
  await vi.waitFor(() => expect(client.heard.map(({ topic }) => topic)).toContain("alive"));
  who = () => Promise.reject(new AppError("unavailable", "the database cannot be reached"));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(client.ended).toBe(false);
  who = () => Promise.reject(new AppError("unauthenticated", "signed out"));
  await vi.waitFor(() => expect(client.ended).toBe(true));
});

test("a role that was narrowed takes hold of a stream that runs", async () => {
  const { address } = await startProcess({ recheckMs: 30 });
  const client = await new Client().open(address);
  await listening(client);
  who = () => Promise.resolve({ ...CONFINED, id: VIEWER.id });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await note("secret", "no longer for them");
  const own = await note("web", "still for them");
  await vi.waitFor(() => expect(client.seqs().at(-1)).toBe(own));
  expect(client.heard.some((one) => "incidentId" in one && one.incidentId === incidents.secret)).toBe(false);
});

test("one person has a bounded number of streams, and a place is free again when one is gone", async () => {
  const { address } = await startProcess();
  const open = await Promise.all(Array.from({ length: MAX_STREAMS_EACH }, () => new Client().open(address)));
  await expect(fetch(address)).resolves.toMatchObject({ status: 429 });
  who = () => Promise.resolve(personWith("sre"));
  await new Client().open(address);
  who = () => Promise.resolve(VIEWER);
  open[0]!.drop();
  await vi.waitFor(() => new Client().open(address));
});

test("streams end when the process does, and none begins after", async () => {
  const { address, hub, stop } = await startProcess();
  const client = await new Client().open(address);
  await stop();
  processes.pop();
  await vi.waitFor(() => expect(client.ended).toBe(true));
  const late = { countedAs: "x", sees: null, tell: vi.fn(), greet: vi.fn(), end: vi.fn() };
  await expect(hub.follow(late)).rejects.toMatchObject({ code: "unavailable" });
});
