"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { sloRulesQuery } from "#lib/client/slos.queries.ts";
import type { Budget, TierState } from "#lib/contracts/slo-budgets.ts";
import type { SloDetail } from "#lib/contracts/slos.ts";
import { writeTimes } from "#lib/domain/words/figures.ts";
import { StatusIcon } from "#components/shell/status.tsx";
import { burnScale } from "./burn-scale.ts";
import { rulesInWords } from "./rules-words.ts";
import { tierInWords, tierName, tierWindows, writeBurn } from "./slo-words.ts";

interface AlertTiersProps {
  slo: SloDetail;
  budget: Budget;
  onExplain: (figure: string) => void;
}

/** The burn windows: each tier's two burn rates against its factor; both past the line, and the row lights. */
export function AlertTiers({ slo, budget, onExplain }: AlertTiersProps) {
  const { tiers } = budget;
  const firing = tiers.filter((tier) => tier.firing).length;
  const place = burnScale(tiers);
  return (
    <section
      id="burn-windows"
      aria-labelledby="burn-windows-title"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-6 items-center justify-between gap-3">
        <h2 id="burn-windows-title" className="text-dim font-medium">
          {firing > 0 ? `Burn windows: ${firing} firing` : "Burn windows: none firing"}
        </h2>
        <span className="text-small text-faint max-sm:hidden">both bars past the line: alert</span>
      </header>
      {tiers.length === 0 ? (
        <p className="text-dim">This SLO has no alert tier: nobody is told when its budget goes.</p>
      ) : (
        <ul className="grid gap-1">
          {tiers.map((tier) => (
            <TierRow key={tier.key} tier={tier} place={place} onExplain={onExplain} />
          ))}
        </ul>
      )}
      <RulesState slo={slo} />
    </section>
  );
}

interface TierRowProps {
  tier: TierState;
  place: (rate: number | null) => number;
  onExplain: (figure: string) => void;
}

function TierRow({ tier, place, onExplain }: TierRowProps) {
  const { factor, longBurnRate, shortBurnRate, firing, disabledReason } = tier;
  const off = disabledReason !== null;
  return (
    <li className={clsx("rounded-control px-2 py-1.5", firing && "bg-critical/12")}>
      <button
        type="button"
        onClick={() => onExplain(`budgetSpend{${tier.key}}`)}
        title={`Explain: ${tierName(tier.key)}`}
        className="grid w-full grid-cols-[84px_1fr_auto] items-center gap-x-3 text-left"
      >
        <span>
          <span className="block">{tierWindows(tier)}</span>
          <span className="text-small text-faint block">{tierName(tier.key)}</span>
        </span>
        <span className={clsx("relative block h-7", off && "opacity-40")} aria-hidden="true">
          <Bar at={place(longBurnRate)} past={isPast(longBurnRate, factor)} firing={firing} top />
          <Bar at={place(shortBurnRate)} past={isPast(shortBurnRate, factor)} firing={firing} />
          <span className="bg-ink absolute inset-y-0 w-px" style={{ left: `${place(factor)}%` }} />
        </span>
        <span className="text-small min-w-21 text-right">
          <span className={clsx("block", firing ? "text-critical" : "text-dim")}>
            {writeBurn(longBurnRate)} · {writeBurn(shortBurnRate)}
          </span>
          <span className="text-faint block">line {writeTimes(factor)}</span>
        </span>
      </button>
      <p className={clsx("text-small", firing ? "text-critical" : "text-faint")}>
        {firing && (
          <span className="mr-1 inline-flex align-[-1px]">
            <StatusIcon status="critical" />
          </span>
        )}
        {tierInWords(tier)}
      </p>
    </li>
  );
}

const isPast = (rate: number | null, factor: number) => rate !== null && rate > factor;

function Bar({
  at,
  past,
  firing,
  top = false,
}: {
  at: number;
  past: boolean;
  firing: boolean;
  top?: boolean;
}) {
  const color = firing ? "bg-critical" : past ? "bg-warning" : "bg-s1";
  return (
    <span
      className={clsx(
        "absolute left-0 h-2.5 rounded-[2px]",
        top ? "top-0.5" : "bottom-0.5 opacity-70",
        color,
      )}
      style={{ width: `${at}%`, ...(color === "bg-s1" ? { background: "var(--s1)" } : {}) }}
    />
  );
}

/** Whether the rules that page are those of this SLO. */
function RulesState({ slo }: { slo: SloDetail }) {
  const { data, error } = useQuery(sloRulesQuery());
  const words = rulesInWords(data, error, slo.id);
  return (
    <div className="border-line-soft text-small mt-2 min-h-8 border-t pt-2">
      <p className={words.troubled ? "text-warning" : "text-faint"}>{words.text}</p>
      {words.reasons.map((reason) => (
        <p key={reason} className="text-dim break-words">
          {reason}
        </p>
      ))}
    </div>
  );
}
