import "server-only";
import { z } from "zod";
import { type EvaluateGate, GateAnswer } from "#lib/contracts/gate.ts";
import { ReleaseDetail } from "#lib/contracts/releases.ts";
import { type Address, readToken, readUrl, type Surroundings, UsageError } from "./address.ts";

const REQUEST_MS = 30_000;

/** The gate gave no answer that can be trusted: nobody goes out on it. */
export class NoAnswerError extends Error {}

const Problem = z.object({ code: z.string(), detail: z.string() });
/** What Burnline itself says of a question that is wrong. */
const WRONG_QUESTION: ReadonlySet<string> = new Set(["bad_request", "invalid", "not_found", "too_large"]);

const Watched = ReleaseDetail.pick({ id: true, state: true, leaseUntil: true, verdict: true });
export type Watched = z.infer<typeof Watched>;
const OneWatched = z.object({ release: Watched });

/** A running Burnline's gate. */
export interface GateApi {
  url: string;
  evaluate: (body: EvaluateGate) => Promise<GateAnswer>;
  release: (id: string) => Promise<Watched>;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function read<S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> {
  const body = tryJson(await response.text());
  if (!response.ok) {
    const problem = Problem.safeParse(body).data;
    if (problem && response.status < 500 && WRONG_QUESTION.has(problem.code))
      throw new UsageError(`Burnline: ${problem.detail}`);
    throw new NoAnswerError(`Burnline: ${problem?.detail ?? `it answers ${response.status}`}`);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new NoAnswerError("what answers there is no Burnline, or another version");
  return parsed.data;
}

/** @throws UsageError without an address or a token */
export function connectGate(at: Address, surroundings: Surroundings): GateApi {
  const url = readUrl(at, surroundings);
  const token = readToken(at, surroundings);
  const ask = async <S extends z.ZodType>(path: string, schema: S, body?: object): Promise<z.infer<S>> => {
    try {
      const response = await fetch(`${url}/api/v1/${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
        redirect: "error",
        signal: AbortSignal.timeout(REQUEST_MS),
      });
      return await read(response, schema);
    } catch (error) {
      if (error instanceof UsageError || error instanceof NoAnswerError) throw error;
      const { cause, message } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new NoAnswerError(`Burnline cannot be reached at ${url}: ${why}`);
    }
  };
  return {
    url,
    evaluate: (body) => ask("gates/evaluate", GateAnswer, body),
    release: async (id) => (await ask(`releases/${encodeURIComponent(id)}`, OneWatched)).release,
  };
}
