import type { z } from "zod";
import type { Problem } from "#lib/contracts/problem.ts";

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
  const { Problem } = await import("#lib/contracts/problem.ts");
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  const title = `Burnline answered ${response.status}`;
  const unreadable = () =>
    localProblem("unavailable", title, response.statusText || "without an explanation");
  throw new ProblemError(parsed.success ? parsed.data : unreadable());
}

/**
 * Fetches JSON and parses it by a contract, which comes with the first answer that needs it: no page waits for it. Throws a
 * ProblemError for refusals and for answers of another shape.
 */
export async function fetchJson<T extends z.ZodType>(
  contract: () => Promise<T>,
  url: string,
  init: RequestInit = {},
): Promise<z.infer<T>> {
  const loading = contract();
  // What was changed and then cannot be read would pass for refused.
  if (init.method !== undefined) await loading;
  const [schema, response] = await Promise.all([loading, fetchOk(url, init)]);
  const parsed = schema.safeParse(await response.json());
  if (parsed.success) return parsed.data;
  throw new ProblemError(unknownShape(parsed.error));
}

/** What stands meanwhile, as a conflict carries it; null where it carries nothing that its contract knows. */
export async function currentOf<T extends z.ZodType>(
  contract: () => Promise<T>,
  { current }: Problem,
): Promise<z.infer<T> | null> {
  const parsed = (await contract()).safeParse(current);
  return parsed.success ? parsed.data : null;
}

/** The problem of an answer that its contract does not know; says where it differs. */
export function unknownShape({ issues }: z.core.$ZodError): Problem {
  const told = issues.map(({ path, message }) => `${message} at ${path.join(".") || "the top"}`);
  return localProblem("internal", "The answer has an unknown shape", told.join("; "));
}
