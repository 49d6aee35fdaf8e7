import "server-only";
import { z } from "zod";
import { ask, foreignAnswer, jsonOf, misreadAnswer } from "../http.ts";
import type { Call } from "./client.ts";
import { prometheusFailure } from "./failure.ts";
import { Envelope } from "./schema.ts";

const texts = z.record(z.string(), z.string()).default({});
/** A rule that was never evaluated has the year 1. */
const evaluated = z
  .string()
  .transform((text) => (Date.parse(text) > 0 ? new Date(text).toISOString() : null))
  .nullable()
  .default(null);

const AlertingRule = z.object({
  type: z.literal("alerting"),
  name: z.string(),
  query: z.string(),
  duration: z.number().default(0),
  labels: texts,
  annotations: texts,
  state: z.enum(["firing", "pending", "inactive", "unknown"]).default("unknown"),
  health: z.enum(["ok", "err", "unknown"]).catch("unknown"),
  lastError: z.string().default(""),
  lastEvaluation: evaluated,
  alerts: z.array(z.unknown()).default([]),
});

const Groups = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(z.unknown()) })) });

/** An alert rule as a source has loaded it. */
export interface SourceRule extends Omit<z.infer<typeof AlertingRule>, "type" | "alerts"> {
  group: string;
  alerts: number;
}

/** The alert rules that a source has loaded; rules of a shape that nobody knows are left out. */
export function alertingRules({ source, signal, limits }: Call): Promise<SourceRule[]> {
  const { timeoutMs, maxBodyBytes } = limits;
  const wanted = {
    path: "/api/v1/rules",
    params: { type: "alert" },
    getOnly: true,
    timeoutMs,
    maxBodyBytes,
    signal,
  };
  return ask(source, wanted, (answer) => {
    const envelope = Envelope.safeParse(jsonOf(answer));
    if (!envelope.success) throw foreignAnswer(source, answer);
    if (envelope.data.status === "error")
      throw prometheusFailure(envelope.data.errorType, envelope.data.error);
    const { success, data, error } = Groups.safeParse(envelope.data.data);
    if (!success) throw misreadAnswer(source, answer, error);
    return data.groups.flatMap(({ name: group, rules }) =>
      rules.flatMap((rule): SourceRule[] => {
        const read = AlertingRule.safeParse(rule);
        return read.success ? [{ ...read.data, group, alerts: read.data.alerts.length }] : [];
      }),
    );
  });
}
