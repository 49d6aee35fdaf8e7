import "server-only";
import type { z } from "zod";
import type { SourceTest } from "#lib/contracts/access.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { ask, foreignAnswer, jsonOf, misreadAnswer, type UpstreamAnswer } from "#lib/server/query/http.ts";

const ANSWER_WITHIN_MS = 5_000;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Something a source said of itself. */
export type Fact = SourceTest["facts"][number];

/** A test of one source. */
export interface Questioning {
  source: SourceSettings;
  signal: AbortSignal;
}

type Params = Readonly<Record<string, string>>;

/** Asks and reads the answer of any status. @throws UpstreamError when there is none */
export function askAny<T>(
  { source, signal }: Questioning,
  path: string,
  read: (answer: UpstreamAnswer) => T,
  params: Params = {},
): Promise<T> {
  const limits = { timeoutMs: ANSWER_WITHIN_MS, maxBodyBytes: MAX_ANSWER_BYTES };
  return ask(source, { path, params, signal, ...limits }, read);
}

/** What a source of the right kind answers. @throws UpstreamError in the source's own words for everything else */
export function askFor<T extends z.ZodType>(
  questioning: Questioning,
  path: string,
  schema: T,
  params: Params = {},
): Promise<{ data: z.infer<T>; latencyMs: number }> {
  const { source } = questioning;
  const read = (answer: UpstreamAnswer) => {
    const body = jsonOf(answer);
    if (answer.status !== 200 || body === undefined) throw foreignAnswer(source, answer);
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw misreadAnswer(source, answer, parsed.error);
    return { data: parsed.data, latencyMs: answer.durationMs };
  };
  return askAny(questioning, path, read, params);
}

/** As {@link askFor}, for what not every version or product offers; null when this one does not. */
export function askForOptional<T extends z.ZodType>(
  questioning: Questioning,
  path: string,
  schema: T,
  params: Params = {},
): Promise<{ data: z.infer<T>; latencyMs: number } | null> {
  const read = (answer: UpstreamAnswer) => {
    const parsed = schema.safeParse(jsonOf(answer));
    const fits = answer.status === 200 && parsed.success;
    return fits ? { data: parsed.data, latencyMs: answer.durationMs } : null;
  };
  return askAny(questioning, path, read, params);
}
