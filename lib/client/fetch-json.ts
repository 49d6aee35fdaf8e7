import { z } from "zod";
import { Problem } from "#lib/contracts/problem.ts";

/** A refusal in the server's own words: RFC 9457 problem details as an Error. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** A problem that this side found, in the shape of those the server sends. */
export function localProblem(code: "unavailable" | "internal", title: string, detail: string): Problem {
  const status = code === "unavailable" ? 503 : 500;
  return { type: `urn:burnline:error:${code}`, title, status, code, detail, requestId: "" };
}

/** Problem details of any thrown value; an error that is no refusal means that no answer came. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return localProblem("unavailable", "Burnline does not answer", detail);
}

/** Fetches, and throws a ProblemError unless the answer is a success. */
export async function fetchOk(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  const title = `Burnline answered ${response.status}`;
  const unreadable = () =>
    localProblem("unavailable", title, response.statusText || "without an explanation");
  throw new ProblemError(parsed.success ? parsed.data : unreadable());
}

/** Fetches JSON and parses it; throws a ProblemError for refusals and for answers of another shape. */
export async function fetchJson<T extends z.ZodType>(
  schema: T,
  url: string,
  init: RequestInit = {},
): Promise<z.infer<T>> {
  const response = await fetchOk(url, init);
  const parsed = schema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  throw new ProblemError(
    localProblem("internal", "The answer has an unknown shape", z.prettifyError(parsed.error)),
  );
}
