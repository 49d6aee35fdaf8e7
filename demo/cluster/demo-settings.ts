import { z } from "zod";
import { parsePastFault } from "#demo/sim/past-fault.ts";

const port = z.coerce.number().int().min(1).max(65_535);
const Environment = z.object({
  PORT: port.optional(),
  DEMO_DAYS: z.coerce.number().int().min(1).max(60).default(30),
  DEMO_BREAK: z
    .string()
    .superRefine((sentence, context) => {
      try {
        parsePastFault(sentence);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
      }
    })
    .optional(),
  LOKI_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** What the demo is told from outside; the app reads its own settings. */
export interface DemoSettings {
  /** null: 3000, or another where that is taken. */
  port: number | null;
  historyDays: number;
  /** A fault that the history has, as `parsePastFault` reads it. */
  pastFault: string | null;
  /** A Loki of the user's own instead of the demo's log store. */
  lokiUrl: string | null;
}

/** Reads the demo's settings; throws an error that names the bad one. Empty means unset. */
export function parseDemoSettings(env: Readonly<Record<string, string | undefined>>): DemoSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new Error(
      parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"),
    );
  }
  const { PORT, DEMO_DAYS, DEMO_BREAK, LOKI_URL } = parsed.data;
  return {
    port: PORT ?? null,
    historyDays: DEMO_DAYS,
    pastFault: DEMO_BREAK ?? null,
    lokiUrl: LOKI_URL?.replace(/\/+$/, "") ?? null,
  };
}
