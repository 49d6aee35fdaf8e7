import "server-only";
import { PreviewRule, type RulePreview } from "#lib/contracts/alert-rules.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import {
  type Firing,
  previewFirings,
  secondsOf,
  unionOfFirings,
} from "#lib/domain/alerts/preview-firings.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { RangeData } from "#lib/server/query/types.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";

const LOOK_BACK_MS = 30 * 86_400_000;
const STEP_SECONDS = 300;
const SHOWN_SERIES = 20;

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

function toPreview(
  { series, startSeconds, stepSeconds }: RangeData,
  forSeconds: number,
  nowMs: number,
): RulePreview {
  const grid = { startSeconds, stepSeconds, forSeconds };
  const fired = series
    .map(({ labels, values }) => ({
      labels,
      firings: previewFirings(
        values.map((value) => value !== null),
        grid,
      ),
    }))
    .filter(({ firings }) => firings.length > 0)
    .sort((a, b) => b.firings.length - a.firings.length);
  const all: Firing[] = fired.flatMap(({ firings }) => firings);
  const union = unionOfFirings(all);
  return {
    from: iso(startSeconds),
    to: new Date(nowMs).toISOString(),
    stepSeconds,
    firings: all.length,
    firingSeconds: secondsOf(union),
    stretches: union.map(({ fromSeconds, toSeconds }) => ({ from: iso(fromSeconds), to: iso(toSeconds) })),
    series: fired.slice(0, SHOWN_SERIES).map(({ labels, firings }) => ({
      labels,
      firings: firings.length,
      firingSeconds: secondsOf(firings),
    })),
    seriesCount: fired.length,
  };
}

/**
 * How often and how long a rule would have fired over the last 30 days, looked at every five minutes.
 * @throws `bad_query` in the source's words, or for an expression that cannot be parsed
 */
export async function previewRule(
  actor: Actor,
  input: unknown,
  { signal }: Pick<Caller, "signal">,
): Promise<Measured<RulePreview>> {
  authorize(actor, "rules:write");
  const { expr, forSeconds } = parseInput(PreviewRule, input);
  const toMs = Date.now();
  const range = { expr, fromMs: toMs - LOOK_BACK_MS, toMs, stepSeconds: STEP_SECONDS };
  const answer = await queryPlane().range({ actor, signal }, range);
  return mapMeasured(answer, (data) => toPreview(data, forSeconds, toMs));
}
