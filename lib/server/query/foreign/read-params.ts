import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "#lib/server/errors.ts";
import { QUERY_LIMITS } from "../limits.ts";
import { readText } from "../read-text.ts";
import type { ForeignKind, Target } from "./endpoint.ts";
import { timeSeconds } from "./times.ts";

const MAX_BODY_BYTES = 256 * 1024;
/** Each `match[]` is a search of its own: twenty thousand fit into a body and keep a Prometheus busy for a minute. */
const MAX_LISTED = 100;
const FORM = "application/x-www-form-urlencoded";
/** logcli says `match` where everybody else says `match[]`. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = { "match[]": ["match[]", "match"] };

/**
 * The parameters of a request that its endpoint lets pass, to be encoded anew. What is not listed is left out, as
 * the sources themselves pass over what they do not know.
 * @throws AppError `method_not_allowed`, `unsupported_media_type`, `too_large`, `bad_query`,
 * `query_too_expensive` for a range over the limit.
 */
export async function readParams(
  request: IncomingMessage,
  { kind, endpoint }: Target,
): Promise<URLSearchParams> {
  const given = [...(await formOf(request)), ...addressOf(request)];
  const valuesOf = (name: string) => {
    const spellings = SPELLINGS[name] ?? [name];
    return given.filter(([own]) => spellings.includes(own)).map(([, value]) => value);
  };
  const passed = new URLSearchParams();
  for (const name of endpoint.params) {
    for (const value of valuesOf(name).slice(0, 1)) passed.append(name, value);
  }
  for (const name of endpoint.lists ?? []) {
    const values = valuesOf(name);
    if (values.length > MAX_LISTED) {
      throw new AppError("bad_query", `${name} stands there ${values.length} times, more than ${MAX_LISTED}`);
    }
    for (const value of values) passed.append(name, value);
  }
  refuseTooLong(passed);
  if (endpoint.params.includes("step")) refuseLongRange(passed, kind);
  return passed;
}

function addressOf(request: IncomingMessage): URLSearchParams {
  const { url = "" } = request;
  return new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?") + 1) : "");
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method === "GET") return new URLSearchParams();
  if (request.method !== "POST")
    throw new AppError("method_not_allowed", "queries are asked with GET or POST");
  const { "content-type": type = "", "content-encoding": encoding } = request.headers;
  if (type.split(";", 1)[0]?.trim().toLowerCase() !== FORM || encoding !== undefined) {
    throw new AppError("unsupported_media_type", `content-type must be ${FORM}, without content-encoding`);
  }
  return new URLSearchParams(await readText(request, MAX_BODY_BYTES));
}

function refuseTooLong(params: URLSearchParams): void {
  const longest = Math.max(0, ...[...params.values()].map(({ length }) => length));
  const { maxExprLength } = QUERY_LIMITS;
  if (longest > maxExprLength) {
    throw new AppError("bad_query", `a parameter has ${longest} characters, more than ${maxExprLength}`);
  }
}

/** Times that cannot be read here are left to the source, whose words about them are better. */
function refuseLongRange(params: URLSearchParams, kind: ForeignKind): void {
  const seconds = timeSeconds(params.get("end"), kind) - timeSeconds(params.get("start"), kind);
  const { maxRangeSeconds } = QUERY_LIMITS;
  if (seconds <= maxRangeSeconds || Number.isNaN(seconds)) return;
  const days = Math.floor(maxRangeSeconds / 86_400);
  throw new AppError("query_too_expensive", `the range may span ${days} days at most`);
}
