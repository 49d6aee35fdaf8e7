import type { ErrorCode, Problem } from "#lib/contracts/problem.ts";
import { ProblemError } from "./fetch-json.ts";

/**
 * Asks a source by its own API, as it is under /api/prometheus and /api/loki for whoever is signed in, and answers the
 * text that came. Throws ProblemErrors in the source's own words.
 */
export async function askSource(path: string, params: URLSearchParams, signal: AbortSignal): Promise<string> {
  const response = await fetch(path, { method: "POST", body: params, signal });
  const text = await response.text();
  if (!response.ok) throw new ProblemError(await refusalOf(response.status, text));
  return text;
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: "bad_query",
  401: "unauthenticated",
  403: "forbidden",
  422: "bad_query",
  429: "rate_limited",
  503: "upstream_unavailable",
  504: "upstream_timeout",
};

/** Why it was refused, in the source's own words: Prometheus says them in JSON, Loki in plain text. */
async function refusalOf(status: number, text: string): Promise<Problem> {
  const { SourceRefusal } = await import("./source-refusal.ts");
  const told = SourceRefusal.safeParse(parsed(text));
  const code = CODES[status] ?? "upstream_error";
  return {
    type: `urn:burnline:error:${code}`,
    title: told.success ? told.data.errorType : `The source answered ${status}`,
    status,
    code,
    detail: told.success ? told.data.error : text.trim().slice(0, 2_000) || "without an explanation",
    requestId: "",
  };
}

/** What a text of JSON says; null for one that is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
