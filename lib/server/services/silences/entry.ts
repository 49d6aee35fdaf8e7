import "server-only";
import type { Silence } from "#lib/contracts/silences.ts";
import type { SourceSilence } from "#lib/server/query/alertmanager/silences.ts";

/** Whoever relies on a silence is told when so little of it is left. */
const ENDS_SOON_MS = 3_600_000;

/** A silence as callers see it; `silenced` is how many alerts it keeps quiet. */
export function toSilence(source: string, silence: SourceSilence, silenced: number, nowMs: number): Silence {
  const endsSoon = silence.state === "active" && Date.parse(silence.endsAt) - nowMs <= ENDS_SOON_MS;
  return { ...silence, source, endsSoon, silenced };
}
