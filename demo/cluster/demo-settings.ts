import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);
const Environment = z.object({
  PORT: port.optional(),
  DEMO_DAYS: z.coerce.number().int().min(1).max(60).default(30),
  LOKI_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** What the demo is told from outside; the app reads its own settings. */
export interface DemoSettings {
  /** null: 3000, or another where that is taken. */
  port: number | null;
  historyDays: number;
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
  const { PORT, DEMO_DAYS, LOKI_URL } = parsed.data;
  return { port: PORT ?? null, historyDays: DEMO_DAYS, lokiUrl: LOKI_URL?.replace(/\/+$/, "") ?? null };
}
