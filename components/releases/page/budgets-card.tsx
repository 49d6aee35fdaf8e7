import type { GateAnswer } from "#lib/contracts/gate.ts";
import { complement } from "#lib/domain/slo/decimal.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";
import { writeRatio, writeTimes } from "#lib/domain/words/figures.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import { Card } from "#components/shell/card.tsx";
import { Age } from "#components/shell/moment.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { partInWords, slosOf, type SloShown } from "./gate-inputs.ts";

/** Of many groups the worst are read. */
const SHOWN = 8;

/** The budgets that the decision stands on, the worst first, as they were then. */
export function BudgetsCard({ verdict }: { verdict: GateAnswer }) {
  const slos = slosOf(verdict)?.toSorted((a, b) => compareSloStatus(a.status, b.status));
  return (
    <Card title="Budgets then" aside={<Age at={verdict.decidedAt} prefix="as of " />}>
      {!slos && <p className="text-warning">The budgets could not be read.</p>}
      {slos?.length === 0 && (
        <p className="text-dim">
          The service has no SLO, so that nothing measured can approve a release of it. An SLO changes that.
        </p>
      )}
      <ul>
        {slos?.slice(0, SHOWN).map((slo) => (
          <SloLine key={`${slo.sloId} ${slo.objective} ${slo.group}`} slo={slo} />
        ))}
      </ul>
      {slos && slos.length > SHOWN && (
        <p className="text-faint border-line-soft border-t pt-2">{slos.length - SHOWN} more are no worse.</p>
      )}
    </Card>
  );
}

function SloLine({ slo }: { slo: SloShown }) {
  const { key, status, budgetRemainingRatio: left, burnRate6h } = slo;
  const shares = {
    consumedRatio: left === null ? null : complement(left),
    paceRatio: null,
    projectedRatio: null,
  };
  return (
    <li className="border-line-soft grid gap-1 border-t py-2 first:border-t-0">
      <span className="flex items-baseline justify-between gap-3">
        <Link href={`/slos/${encodeURIComponent(slo.sloId)}`} className="min-w-0 break-words hover:underline">
          {harmlessText(key)}
          <span className="text-small text-faint"> {harmlessText(partInWords(slo))}</span>
        </Link>
        <StatusBadge status={status}>{left === null ? "no data" : `${writeRatio(left)} left`}</StatusBadge>
      </span>
      <span className="flex items-center gap-3">
        <BurnBar shares={shares} status={status} height="h-2" />
        <span className="text-small text-faint flex-none whitespace-nowrap">
          6 h burn {writeTimes(burnRate6h)}
        </span>
      </span>
    </li>
  );
}
