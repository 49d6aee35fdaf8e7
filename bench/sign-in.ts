import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "./calibrate.ts";
import { freePort } from "./demo-run.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const SIGN_INS_PER_SECOND = 5;
const OTHERS_PER_SECOND = 20;
const PHASE_SECONDS = 20;
const SIGN_IN_LIMIT_MS = 400;
const SLOWDOWN_LIMIT = 1.2;
const PEOPLE = 20;
const READY_LIMIT_MS = 60_000;
const PASSWORD = "a password for the bench";
const ADMIN = "admin@bench.example";
const OTHERS = ["/api/v1/me", "/api/health/live"] as const;

interface Answer {
  status: number;
  text: string;
  cookies: string;
}
type Headers = Record<string, string>;

/** A production server with an empty database of its own; whom the bench says it comes from is believed. */
class Server {
  private readonly child: ChildProcess;
  private readonly home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
  // A kept connection may be closed by the server at the very moment it is used again.
  private readonly agent = new http.Agent({ keepAlive: false });
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      BURNLINE_HOME: this.home,
      BURNLINE_ADMIN_EMAIL: ADMIN,
      BURNLINE_ADMIN_PASSWORD: PASSWORD,
      TRUSTED_PROXY: "127.0.0.1",
      LOG_LEVEL: "error",
    };
    const args = ["--import", "./register.ts", "server.ts"];
    this.child = spawn(process.execPath, args, { stdio: ["ignore", 2, 2], env });
  }

  ask(method: string, url: string, headers: Headers = {}, body?: object): Promise<Answer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const json = text === undefined ? {} : { "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const target = { host: "127.0.0.1", port: this.port, path: url, method, agent: this.agent };
      const request = http.request({ ...target, headers: { ...headers, ...json } }, (response) => {
        const cookies = (response.headers["set-cookie"] ?? []).map((line) => line.split(";", 1)[0]);
        const answered = { status: response.statusCode ?? 0, cookies: cookies.join("; ") };
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.once("end", () => resolve({ ...answered, text }));
      });
      request.once("error", reject).end(text);
    });
  }

  async ready(): Promise<void> {
    const deadlineMs = performance.now() + READY_LIMIT_MS;
    const isUp = () =>
      this.ask("GET", "/api/v1/me").then(
        ({ status }) => status === 200,
        () => false,
      );
    while (!(await isUp())) {
      if (performance.now() > deadlineMs) throw new Error("the server was not ready in time");
      await sleep(200);
    }
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    const exited = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await exited;
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** What is asked all the time, and by whom. */
type Request = () => Promise<Answer>;

/** Where within its turn a request is due, 0..1. */
type Moment = () => number;
/** People sign in evenly spaced. */
const EVENLY: Moment = () => 0;
/** What goes on beside that knows nothing of it: never always, and never never, at the same moment. */
const ANY_MOMENT: Moment = Math.random;

/**
 * Asks in even turns, whether or not the answers keep up; answers the milliseconds from when each request was due
 * to its answer.
 * @throws Error when an answer is no success
 */
async function load(
  perSecond: number,
  seconds: number,
  moment: Moment,
  request: (i: number) => Promise<Answer>,
): Promise<number[]> {
  const startMs = performance.now();
  const one = async (i: number) => {
    const dueMs = startMs + ((i + moment()) * 1000) / perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const { status, text } = await request(i);
    if (status !== 200) throw new Error(`an answer was ${status}: ${text}`);
    return performance.now() - dueMs;
  };
  return Promise.all(Array.from({ length: perSecond * seconds }, (_, i) => one(i)));
}

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN;
}

interface Phase {
  signIn: number;
  others: number[];
}

const emailOf = (i: number) => `person${i % PEOPLE}@bench.example`;
const addressOf = (i: number) => `198.51.100.${1 + (i % PEOPLE)}`;

/** The 95th percentiles of one phase, with people signing in or without. */
async function phase(server: Server, others: readonly Request[], signInsPerSecond: number): Promise<Phase> {
  const signIn = (i: number) =>
    server.ask(
      "POST",
      "/api/v1/session",
      { "x-forwarded-for": addressOf(i) },
      {
        email: emailOf(i),
        password: PASSWORD,
      },
    );
  const [signIns, ...rest] = await Promise.all([
    load(signInsPerSecond, PHASE_SECONDS, EVENLY, signIn),
    ...others.map((request) => load(OTHERS_PER_SECOND, PHASE_SECONDS, ANY_MOMENT, request)),
  ]);
  return { signIn: p95(signIns ?? []), others: rest.map(p95) };
}

async function prepare(server: Server): Promise<Request[]> {
  await server.ready();
  const { cookies: cookie } = await server.ask(
    "POST",
    "/api/v1/session",
    {},
    { email: ADMIN, password: PASSWORD },
  );
  for (let i = 0; i < PEOPLE; i += 1) {
    const person = { name: `Person ${i}`, email: emailOf(i), roles: ["viewer"], password: PASSWORD };
    const { status } = await server.ask("POST", "/api/v1/people", { cookie }, person);
    if (status !== 200) throw new Error(`making a person answered ${status}`);
  }
  const others = OTHERS.map((url) => () => server.ask("GET", url, { cookie }));
  await phase(server, others, SIGN_INS_PER_SECOND);
  return others;
}

/** Signing in five times a second, and what that costs everybody else: the same requests without it, in turns. */
export async function benchSignIn(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const server = new Server(await freePort());
  const quiet: Phase[] = [];
  const busy: Phase[] = [];
  try {
    const others = await prepare(server);
    for (let round = 0; round < rounds; round += 1) {
      quiet.push(await phase(server, others, 0));
      busy.push(await phase(server, others, SIGN_INS_PER_SECOND));
    }
  } finally {
    await server.stop();
  }
  const signIns = arm(
    "sign-in, p95",
    "ms",
    busy.map(({ signIn }) => signIn),
  );
  const pairs = OTHERS.map((url, i) => {
    const of = (phases: Phase[]) => phases.map(({ others }) => others[i] ?? NaN);
    return { url, quiet: of(quiet), busy: of(busy) };
  });
  return {
    arms: [
      signIns,
      ...pairs.flatMap(({ url, quiet, busy }) => [
        arm(`${url}, p95 alone`, "ms", quiet),
        arm(`${url}, p95 beside sign-ins`, "ms", busy),
      ]),
    ],
    bars: [
      atMost("sign-in p95", signIns.median, SIGN_IN_LIMIT_MS, "ms"),
      ...pairs.map(({ url, quiet, busy }) =>
        atMost(`${url} p95 beside sign-ins`, median(busy) / median(quiet), SLOWDOWN_LIMIT, "x"),
      ),
    ],
  };
}
