import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import { type Surroundings, UsageError } from "./address.ts";
import { connectGate, type GateApi, NoAnswerError, type Watched } from "./gate-api.ts";
import { HELP, type Question, understand } from "./gate-words.ts";

/** What became of a question: lines for the terminal and the exit code. */
export interface GateOutcome {
  code: number;
  out: string[];
  notes: string[];
}

export const GATE_EXIT = {
  approve: 0,
  review: 10,
  defer: 11,
  block: 20,
  insufficient: 30,
  usage: 2,
} as const;
const EVERY_MS = 10_000;

/** Text from outside on one line: a log must not take what somebody typed for a command or an end of line. */
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").slice(0, 1_000);

function codeOf({ decision, status }: Pick<GateAnswer, "decision" | "status">): number {
  const lacking = status === "insufficient_data" && (decision === "approve" || decision === "review");
  return lacking ? GATE_EXIT.insufficient : GATE_EXIT[decision];
}

const STATE_WORDS: Readonly<Partial<Record<Watched["state"], string>>> = {
  rejected: "somebody rejected it",
  expired: "nobody decided in time",
  withdrawn: "it was withdrawn",
};
const UNDECIDED: readonly Watched["state"][] = ["waiting", "deferred", "blocked", "approved"];

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  - ${plain(line)}`)];
}

const may = (decision: Decision | null) => (decision === null ? "" : `${decision}: `);

/** A gate's answer as a log shows it. */
function describe(answer: GateAnswer, url: string): string[] {
  const what = [answer.service, answer.version, answer.commit?.slice(0, 12)].filter(Boolean).join(" ");
  const { score, scored } = answer.score;
  return [
    `${answer.decision.toUpperCase()} ${plain(what)} (${answer.status.replaceAll("_", " ")})`,
    `risk ${answer.risk}, scored ${score} of 100 (${scored}); policy version ${answer.policyVersion}`,
    ...section("why", answer.rationale),
    ...section(
      "what would change it",
      answer.conditions.map(({ decision, when }) => `${decision} if ${when}`),
    ),
    ...section(
      "what can be done",
      answer.alternatives.map(({ decision, how }) => `${may(decision)}${how}`),
    ),
    "",
    `record ${answer.seq}, ${plain(answer.hash)}`,
    ...(answer.releaseId === null ? [] : [`release ${url}/releases/${encodeURIComponent(answer.releaseId)}`]),
  ];
}

interface Decided {
  answer: GateAnswer;
  code: number;
  notes: string[];
}

/** What the release that was asked for has come to; null while nobody decided. */
function settled({ state, leaseUntil }: Watched): Omit<Decided, "answer"> | null {
  if (state === "approved") {
    const runs = leaseUntil !== null && Date.parse(leaseUntil) > Date.now();
    return runs ? { code: GATE_EXIT.approve, notes: [`approved until ${leaseUntil}`] } : null;
  }
  if (UNDECIDED.includes(state)) return null;
  return { code: GATE_EXIT.block, notes: [STATE_WORDS[state] ?? `it is ${state} already`] };
}

/** Asks about a release until it is decided or `deadlineMs` (monotonic) is reached. @throws NoAnswerError when the last question failed */
async function watch(
  api: GateApi,
  first: GateAnswer,
  id: string,
  deadlineMs: number,
  everyMs: number,
): Promise<Decided> {
  let answer = first;
  for (;;) {
    let failure: unknown = null;
    try {
      const release = await api.release(id);
      answer = release.verdict ?? answer;
      const end = settled(release);
      if (end) return { answer, ...end };
    } catch (error) {
      failure = error;
    }
    if (performance.now() + everyMs > deadlineMs) {
      if (failure !== null) throw failure;
      // An approval whose lease is over lets nothing out.
      const code = codeOf(answer);
      const notes = ["time is up, and nobody approved it"];
      return { answer, code: code === GATE_EXIT.approve ? GATE_EXIT.review : code, notes };
    }
    await sleep(everyMs);
  }
}

async function ask({ body, waitMs }: Question, api: GateApi, everyMs: number): Promise<Decided> {
  const deadlineMs = performance.now() + waitMs;
  const answer = await api.evaluate(body);
  const code = codeOf(answer);
  if (code === GATE_EXIT.approve || !body.wait || answer.releaseId === null)
    return { answer, code, notes: [] };
  return watch(api, answer, answer.releaseId, deadlineMs, everyMs);
}

function failed(error: unknown, allowed: boolean): GateOutcome {
  if (error instanceof UsageError)
    return { code: GATE_EXIT.usage, out: [], notes: [`${plain(error.message)}\n\n${HELP}`] };
  if (!(error instanceof NoAnswerError)) throw error;
  const why = plain(error.message);
  if (!allowed)
    return { code: GATE_EXIT.insufficient, out: [], notes: [why, "no answer, so nothing goes out"] };
  const warning = "WARNING: --allow-on-error: this goes out although NO GATE DECIDED ON IT";
  return { code: GATE_EXIT.approve, out: [], notes: [why, warning] };
}

/** Asks the gate what the words of a command line say; the exit codes are those that its help names. */
export async function runGate(
  words: readonly string[],
  surroundings: Surroundings,
  everyMs = EVERY_MS,
): Promise<GateOutcome> {
  if (words.includes("--help") || words.includes("-h")) return { code: 0, out: [HELP], notes: [] };
  let allowed = false;
  try {
    const question = understand(words);
    allowed = question.allowOnError;
    const api = connectGate(question.at, surroundings);
    const { answer, code, notes } = await ask(question, api, everyMs);
    return { code, notes, out: question.json ? [JSON.stringify(answer)] : describe(answer, api.url) };
  } catch (error) {
    return failed(error, allowed);
  }
}
