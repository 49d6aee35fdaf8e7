import { z } from "zod";
import { SCENARIOS, type World } from "#demo/sim/world.ts";

const TIMEOUT_MS = 5_000;
const WorldAnswer = z.object({
  seed: z.number(),
  birthMs: z.number(),
  startMs: z.number(),
  deploys: z.array(z.object({ service: z.string(), version: z.string(), fromMs: z.number() })),
  faults: z.array(
    z.object({
      scenario: z.enum(SCENARIOS),
      target: z.string(),
      fromMs: z.number(),
      toMs: z.number().nullable(),
      strength: z.number(),
    }),
  ),
});

/** What the simulator's cluster follows from, faults of this moment included. Rejects while it is away. */
export async function fetchWorld(simulatorUrl: string): Promise<World> {
  const url = `${simulatorUrl.replace(/\/+$/, "")}/world`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
  return WorldAnswer.parse(await response.json());
}
