import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, BareServer, PASSWORD } from "./bare-server.ts";
import { median } from "./calibrate.ts";
import { freePort } from "./demo-run.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const SIGN_INS_PER_SECOND = 5;
const OTHERS_PER_SECOND = 20;
const PHASE_SECONDS = 20;
const SIGN_IN_LIMIT_MS = 400;
const SLOWDOWN_LIMIT = 1.2;
const PEOPLE = 20;
const OTHERS = ["/api/v1/me", "/api/health/live"] as const;

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
async function phase(
  server: BareServer,
  others: readonly Request[],
  signInsPerSecond: number,
): Promise<Phase> {
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

async function prepare(server: BareServer): Promise<Request[]> {
  const cookie = await server.signIn();
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
  const server = new BareServer(await freePort());
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
