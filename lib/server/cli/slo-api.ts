import "server-only";
import { z } from "zod";
import { ImportAnswer } from "#lib/contracts/slos.ts";
import { type Address, readToken, readUrl, type Surroundings } from "./address.ts";
import type { ExportFormat } from "./slo-words.ts";

const REQUEST_MS = 200_000;
/** The codes that mean: what was sent is wrong. */
const WRONG_INPUT = new Set([400, 413, 422]);

const Problem = z.object({ detail: z.string() });
const List = z.object({
  data: z.object({
    slos: z.array(z.object({ id: z.string(), key: z.string(), service: z.string().nullable() })),
  }),
});
export type ListedSlo = z.infer<typeof List>["data"]["slos"][number];

/** Burnline cannot be reached, or refuses; the message says which. */
export class RefusedError extends Error {}
/** Burnline says that what was sent is wrong. */
export class RejectedError extends Error {}

/** A running Burnline, as a token may use it. */
export interface SloApi {
  importText: (text: string, dryRun: boolean, reason: string | undefined) => Promise<ImportAnswer>;
  list: (service: string | undefined) => Promise<ListedSlo[]>;
  exportSlo: (id: string, format: ExportFormat) => Promise<string>;
}

async function answerOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  const detail = Problem.safeParse(tryJson(text)).data?.detail ?? `it answers ${response.status}`;
  throw WRONG_INPUT.has(response.status)
    ? new RejectedError(detail)
    : new RefusedError(`Burnline: ${detail}`);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The value that an answer holds; another program may answer at the address. */
function parseAnswer<S extends z.ZodType>(schema: S, text: string, url: string): z.infer<S> {
  const parsed = schema.safeParse(tryJson(text));
  if (!parsed.success) throw new RefusedError(`what answers at ${url} is no Burnline, or another version`);
  return parsed.data;
}

/** @throws UsageError without an address or a token */
export function connect(at: Address, surroundings: Surroundings): SloApi {
  const url = readUrl(at, surroundings);
  const token = readToken(at, surroundings);
  const ask = async (path: string, body?: object): Promise<string> => {
    const response = await fetch(`${url}/api/v1/slos${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_MS),
    }).catch((error: Error) => {
      const cause = error.cause instanceof Error ? error.cause.message : error.message;
      throw new RefusedError(`Burnline cannot be reached at ${url}: ${cause}`);
    });
    return answerOf(response);
  };
  return {
    importText: async (text, dryRun, reason) => {
      const answer = await ask(`/import?dryRun=${dryRun}`, {
        text,
        ...(reason === undefined ? {} : { reason }),
      });
      return parseAnswer(ImportAnswer, answer, url);
    },
    list: async (service) => {
      const query = service === undefined ? "" : `?service=${encodeURIComponent(service)}`;
      return parseAnswer(List, await ask(query), url).data.slos;
    },
    exportSlo: (id, format) => ask(`/${encodeURIComponent(id)}/export?format=${format}`),
  };
}
