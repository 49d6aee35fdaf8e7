import type { Journey } from "#lib/contracts/journeys.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import { sharesOf } from "#components/charts/burn-bar-geometry.ts";
import { outlookInWords } from "#components/charts/burn-words.ts";
import { StatusBadge } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { shortWindow, writeBurn, writeGoodRatio, writeLeft, writeTarget } from "../slo-words.ts";
import { JourneySteps } from "./journey-steps.tsx";

/** A journey: how it is as a whole, how much it matters, and where on the way it fails. */
export function JourneyCard({ journey }: { journey: Journey }) {
  const { slo, businessImpact, combine } = journey;
  return (
    <article aria-label={slo.name} className="grid gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="font-semibold break-words">
          <Link href={`/slos/${encodeURIComponent(slo.id)}`} className="rounded-chip hover:underline">
            {slo.name}
          </Link>
        </h3>
        <StatusBadge status={slo.status} />
        <span className="text-dim">{businessImpact} business impact</span>
        <span className="text-faint">
          {combine === "serial" ? "every critical step must succeed" : "steps count by their weight"}
        </span>
        {slo.description !== "" && (
          <span className="text-faint basis-full break-words">{slo.description}</span>
        )}
      </header>
      <div className="grid items-start gap-x-6 gap-y-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Whole journey={journey} />
        <JourneySteps steps={journey.steps} />
      </div>
    </article>
  );
}

function Whole({ journey: { slo, clientLatency } }: { journey: Journey }) {
  const { worst, objectives } = slo;
  const promised = objectives.map(
    ({ target, window }) => `${writeTarget(target)} over ${shortWindow(window)}`,
  );
  return (
    <div className="min-w-0">
      {worst ? (
        <>
          <BurnBar
            shares={sharesOf(worst, slo.evaluatedAt === null ? 0 : Date.parse(slo.evaluatedAt))}
            status={slo.status}
          />
          <p className="mt-1.5">
            {writeLeft(worst.budgetRemainingRatio)} left, {outlookInWords(worst)}
          </p>
          <p className="text-dim">
            {writeGoodRatio(goodRatio(worst.errorRatio.window))} get through; {promised.join(", ")} promised
          </p>
          <p className="text-dim">burns {writeBurn(worst.burnRate["6h"])} (6h)</p>
        </>
      ) : (
        <p className="text-faint">Waiting for its first figures; {promised.join(", ")} promised</p>
      )}
      {clientLatency && (
        <p className="text-dim">
          users wait {writeSeconds(clientLatency.p50Seconds)} (p50), {writeSeconds(clientLatency.p95Seconds)}{" "}
          (p95) in their browsers
        </p>
      )}
    </div>
  );
}

function goodRatio(errorRatio: number | null | undefined): number | null {
  return errorRatio === null || errorRatio === undefined ? null : 1 - errorRatio;
}
