import { clsx } from "clsx";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { COUNTING_OF_SLI } from "#lib/domain/slo/definition/sli.ts";
import { balanceOf } from "#lib/domain/slo/balance.ts";
import { shippingAdvice } from "#lib/domain/slo/status/shipping-advice.ts";
import { roundFigure, writeCount } from "#lib/domain/words/figures.ts";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import { sharesOf } from "#components/charts/burn-bar-geometry.ts";
import { outlookInWords } from "#components/charts/burn-words.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { StatusBadge, statusColor } from "#components/shell/status.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { Link } from "#components/ui/link.tsx";
import { eventsLeft, minutesLeft, shortWindow, writeBurn, writeLeft, writeTarget } from "../slo-words.ts";
import type { ServiceBudgets } from "./by-service.ts";
import { LateSpend } from "./late-spend.tsx";

/** One service: may it change, what is left, how long that lasts, who spent it, and how its team's week divides. */
export function ServiceBudgetCard({ of, teamSize }: { of: ServiceBudgets; teamSize: number }) {
  const { service, status, slos, performance } = of;
  const advice = shippingAdvice(status);
  const [worst] = slos;
  return (
    <article
      aria-label={service}
      className="grid gap-x-6 gap-y-3 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1.3fr)_minmax(0,1fr)]"
    >
      <div className="min-w-0">
        <h3 className="font-semibold break-words">
          <EntityLink kind="services" name={service} />
        </h3>
        <p className={clsx("text-title font-medium tracking-tight", statusColor(status))}>{advice.word}</p>
        <p className="text-dim">{advice.meaning}</p>
        <Week performance={performance} teamSize={teamSize} />
      </div>
      {worst && <WorstBudget slo={worst} others={slos.length - 1} />}
      {worst?.worst && <LateSpend slo={worst} budget={worst.worst} />}
    </article>
  );
}

function Week({ performance, teamSize }: { performance: number | null; teamSize: number }) {
  if (performance === null) return <p className="text-faint mt-1.5">No balance without figures</p>;
  const { toilPercent, toilHours, reliabilityHours } = balanceOf(performance, teamSize);
  const hours = (value: number) => `${writeCount(roundFigure(value))} h`;
  return (
    <p className="text-dim mt-1.5">
      Balance: at most {writeCount(roundFigure(toilPercent))} % of the week ({hours(toilHours)}) for toil, the
      other {hours(reliabilityHours)} for reliability
      <span className="text-small text-faint block">
        the SLO performs at{" "}
        {roundFigure(performance) >= 100 && performance < 100 ? "99.9" : roundFigure(performance)} % of its
        target
      </span>
    </p>
  );
}

function WorstBudget({ slo, others }: { slo: SloEntry; others: number }) {
  const { worst } = slo;
  const atMs = slo.evaluatedAt === null ? 0 : Date.parse(slo.evaluatedAt);
  return (
    <div className="min-w-0">
      <p className="mb-1.5 flex flex-wrap items-center gap-x-3">
        <Link
          href={`/slos/${encodeURIComponent(slo.id)}`}
          className="rounded-chip font-medium break-words hover:underline"
        >
          {slo.name}
        </Link>
        <StatusBadge status={slo.status} />
        <span className="text-faint">
          {slo.objectives
            .map(({ target, window }) => `${writeTarget(target)} ${shortWindow(window)}`)
            .join(", ")}
        </span>
      </p>
      {worst ? (
        <>
          <BurnBar shares={sharesOf(worst, atMs)} status={slo.status} />
          <dl className="mt-2 grid grid-cols-3 gap-3">
            <Fact name="Left" more={amountLeft(slo, worst)}>
              {writeLeft(worst.budgetRemainingRatio)}
            </Fact>
            <Fact name="Outlook" more="if this burn is sustained">
              {outlookInWords(worst)}
            </Fact>
            <Fact name="Burn (6h)" more={`${writeBurn(worst.burnRate["1h"])} over 1 h`}>
              {writeBurn(worst.burnRate["6h"])}
            </Fact>
          </dl>
        </>
      ) : (
        <p className="text-faint">Waiting for its first figures</p>
      )}
      {others > 0 && (
        <p className="text-small text-faint mt-2">
          <Link href={`/slos?q=${encodeURIComponent(slo.service ?? "")}`} className="rounded-chip underline">
            {others} more of its SLOs
          </Link>
        </p>
      )}
    </div>
  );
}

/** What is left in what the SLI counts: requests, or minutes where it judges slices of time. */
function amountLeft(
  { sli }: SloEntry,
  { budgetRemainingEvents, budgetRemainingMinutes }: Budget,
): string | null {
  const events = COUNTING_OF_SLI[sli] === "events" ? eventsLeft(budgetRemainingEvents) : null;
  return events ?? minutesLeft(budgetRemainingMinutes);
}

function Fact({ name, more, children }: { name: string; more: string | null; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-faint">{name}</dt>
      <dd>
        <Figure text={children} why={children === "—" ? `${name}: no data` : null} />
        {more !== null && <span className="text-small text-faint block">{more}</span>}
      </dd>
    </div>
  );
}
