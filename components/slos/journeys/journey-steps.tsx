import { clsx } from "clsx";
import type { JourneyStep } from "#lib/contracts/journeys.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { writeBurn, writeLeft } from "../slo-words.ts";

/** The steps in their order, from left to right, one below the other on a phone. */
export function JourneySteps({ steps }: { steps: readonly JourneyStep[] }) {
  return (
    <ol className="grid gap-2 sm:auto-cols-fr sm:grid-flow-col">
      {steps.map((step, index) => (
        <li
          key={step.key}
          className={clsx(
            "rounded-panel min-w-0 border px-3 py-2",
            step.onCriticalPath ? "border-line" : "border-line-strong border-dashed",
          )}
        >
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-faint">{index + 1}</span>
            <span className="font-medium break-words">{step.name}</span>
          </p>
          <Measured step={step} />
          <p className="text-small text-faint">{roleOf(step)}</p>
        </li>
      ))}
    </ol>
  );
}

function Measured({ step: { slo, key } }: { step: JourneyStep }) {
  if (!slo) return <p className="text-faint break-words">{key} is not to be seen</p>;
  return (
    <>
      <StatusBadge status={slo.status} />
      <p className="text-dim">
        {writeLeft(slo.worst?.budgetRemainingRatio ?? null)} left, {writeBurn(slo.worst?.burnRate["6h"])} (6h)
      </p>
      <p className="break-words">
        <Link href={`/slos/${encodeURIComponent(slo.id)}`} className="rounded-chip text-dim underline">
          {slo.name}
        </Link>{" "}
        {slo.service !== null && <EntityLink kind="services" name={slo.service} className="text-faint" />}
      </p>
    </>
  );
}

function roleOf({ onCriticalPath, weight }: JourneyStep): string {
  if (weight !== null) return `counts ${writeRatio(weight)}`;
  return onCriticalPath ? "critical path" : "does not count";
}
