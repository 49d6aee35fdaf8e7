import "server-only";
import { z } from "zod";
import type { SourceSettings } from "#lib/server/env.ts";
import { ask, foreignAnswer, jsonOf, misreadAnswer } from "#lib/server/query/http.ts";
import { prometheusFailure } from "#lib/server/query/prometheus/failure.ts";
import { Envelope } from "#lib/server/query/prometheus/schema.ts";
import { sourceGuard } from "#lib/server/query/upstream-guard.ts";
import { UpstreamError } from "#lib/server/query/upstream-error.ts";

const TIMEOUT_MS = 30_000;
/** A thousand SLOs have some thirty thousand rules. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;

const texts = z.record(z.string(), z.string()).default({});
const LoadedRule = z.object({
  type: z.enum(["recording", "alerting"]),
  name: z.string(),
  query: z.string(),
  labels: texts,
  annotations: texts,
  /** Seconds that an alert's condition must hold. */
  duration: z.number().default(0),
  lastError: z.string().default(""),
});
export type LoadedRule = z.infer<typeof LoadedRule>;

const LoadedGroup = z.object({
  name: z.string(),
  /** Seconds. */
  interval: z.number(),
  rules: z.array(LoadedRule),
});
export type LoadedGroup = z.infer<typeof LoadedGroup>;
const Groups = z.object({ groups: z.array(z.unknown()) });

const nameOf = (group: unknown) => z.object({ name: z.string() }).safeParse(group).data?.name ?? "";

/**
 * The rule groups that a source has loaded, of those whose name begins with one of the prefixes.
 * @throws as the query plane does
 */
export async function loadedGroups(
  source: SourceSettings,
  prefixes: readonly string[],
  signal: AbortSignal,
): Promise<LoadedGroup[]> {
  const wanted = {
    path: "/api/v1/rules",
    getOnly: true,
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
  };
  return sourceGuard(source)(
    (guarded) =>
      ask(source, { ...wanted, signal: guarded }, (answer) => {
        const envelope = Envelope.safeParse(jsonOf(answer));
        if (!envelope.success) throw foreignAnswer(source, answer);
        if (envelope.data.status === "error") {
          throw prometheusFailure(envelope.data.errorType, envelope.data.error);
        }
        const { success, data, error } = Groups.safeParse(envelope.data.data);
        if (!success) throw misreadAnswer(source, answer, error);
        // Rules of other people may have any shape.
        const ours = data.groups.filter((group) =>
          prefixes.some((prefix) => nameOf(group).startsWith(prefix)),
        );
        const parsed = z.array(LoadedGroup).safeParse(ours);
        if (!parsed.success) throw misreadAnswer(source, answer, parsed.error);
        return parsed.data;
      }),
    signal,
  );
}

/** The source has read its files and takes none of them; where it may not be asked to read them, it is another error. */
export class RefusedRules extends UpstreamError {}

/**
 * Makes a source read its rule files again.
 * @throws UpstreamError in its own words when it refuses: lifecycle requests are off, or a file is bad
 */
export async function reloadSource(source: SourceSettings, signal: AbortSignal): Promise<void> {
  const wanted = { path: "/-/reload", post: true, timeoutMs: TIMEOUT_MS, signal } as const;
  await ask(source, wanted, ({ status, text }) => {
    if (status === 200) return;
    const words = text.replace(/\s+/g, " ").trim().slice(0, 500);
    const detail = `the source does not reload its rules: ${words}`;
    if (status === 500) throw new RefusedRules("refused", "upstream_error", detail);
    throw new UpstreamError("refused", "upstream_error", detail);
  });
}
