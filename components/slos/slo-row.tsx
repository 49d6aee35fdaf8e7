import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { groupInWords } from "#lib/domain/slo/definition/groups.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { StatusBadge, statusColor } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { BurnBar } from "#components/charts/burn-bar.tsx";
import { sharesOf } from "#components/charts/burn-bar-geometry.ts";
import { outlookInWords } from "#components/charts/burn-words.ts";
import { shortWindow, tierWindows, writeBurn, writeLeft, writeTarget } from "./slo-words.ts";

/** The grid that rows and their heading share. */
export const SLO_COLUMNS =
  "lg:grid lg:grid-cols-[minmax(150px,1.5fr)_92px_96px_minmax(140px,2fr)_60px_76px_58px_58px_minmax(96px,0.8fr)] lg:items-center lg:gap-x-3";

/** One SLO: its worst objective and group stand for it. */
export function SloRow({ slo }: { slo: SloEntry }) {
  return (
    <li
      className={clsx(
        "border-line-soft hover:bg-raised/50 focus-within:bg-raised/50 relative border-t py-2 lg:min-h-10",
        "max-lg:grid max-lg:grid-cols-[1fr_auto] max-lg:gap-x-3 max-lg:gap-y-1",
        SLO_COLUMNS,
      )}
    >
      <SloName slo={slo} />
      <span className="max-lg:text-right">
        {slo.version === 0 ? <Chip>draft</Chip> : <StatusBadge status={slo.status} />}
      </span>
      {slo.worst && slo.version > 0 ? (
        <BudgetCells budget={slo.worst} slo={slo} />
      ) : (
        <span className="text-faint col-span-2 lg:col-span-7">{absence(slo)}</span>
      )}
    </li>
  );
}

/** Why there is no budget to show. */
function absence({ version, backfillRatio, problem }: SloEntry): string {
  if (version === 0) return "Nothing is measured before it is published";
  if (problem !== null) return problem;
  return backfillRatio === null ? "Not evaluated of late" : "Waiting for its first figures";
}

function SloName({ slo }: { slo: SloEntry }) {
  return (
    <span className="min-w-0">
      <Link
        href={`/slos/${encodeURIComponent(slo.id)}`}
        data-row-link=""
        className="rounded-chip font-medium break-words after:absolute after:inset-0 after:content-['']"
      >
        {slo.service === null && slo.node === null ? slo.name : null}
        {slo.service !== null && (
          <>
            <span className="sr-only">{slo.service} </span>
            {slo.name}
          </>
        )}
        {slo.service === null && slo.node !== null && slo.name}
      </Link>
      {slo.service === null && slo.node !== null && (
        <EntityLink kind="nodes" name={slo.node} className="text-dim ml-1.5" />
      )}
      {slo.tier !== null && (
        <span className="text-small text-faint ml-1.5">{slo.tier.replace("_", " ")}</span>
      )}
      {slo.version > 0 && slo.hasDraft && <Chip>draft waiting</Chip>}
      <Remark slo={slo} />
    </span>
  );
}

/** What is to be said of how it is measured. */
function Remark({ slo: { problem, backfillRatio, worst } }: { slo: SloEntry }) {
  if (problem !== null && worst)
    return <span className="text-small text-warning block break-words">{problem}</span>;
  if (backfillRatio === null) return null;
  return <span className="text-small text-faint block">history {writeRatio(backfillRatio)} fetched</span>;
}

function BudgetCells({ budget, slo }: { budget: Budget; slo: SloEntry }) {
  const atMs = slo.evaluatedAt === null ? 0 : Date.parse(slo.evaluatedAt);
  const left = budget.budgetRemainingRatio;
  const group = groupInWords(budget.group);
  return (
    <>
      <span className="text-dim min-w-0">
        <span className="sr-only">Objective </span>
        {writeTarget(budget.target)} <span className="text-faint">{shortWindow(budget.window)}</span>
        {group !== "" && <span className="text-small text-faint block truncate">worst: {group}</span>}
        {budget.coverage !== null && slo.backfillRatio === null && (
          <span className="text-small text-faint block">{budget.coverage}</span>
        )}
      </span>
      <span className="max-lg:order-last max-lg:col-span-2">
        <BurnBar shares={sharesOf(budget, atMs)} status={slo.status} />
      </span>
      <Cell name="Left" atEnd>
        <span className={left !== null && left <= 0 ? statusColor("exhausted") : undefined}>
          {writeLeft(left)}
        </span>
      </Cell>
      <span className="whitespace-nowrap max-lg:hidden">{outlookInWords(budget)}</span>
      <Cell name="Burn over 1 h">{writeBurn(budget.burnRate["1h"])}</Cell>
      <Cell name="Burn over 6 h" atEnd>
        {writeBurn(budget.burnRate["6h"])}
      </Cell>
      <Firing slo={slo} />
    </>
  );
}

/** A figure of its column; where there are no columns, with its name. */
function Cell({ name, atEnd = false, children }: { name: string; atEnd?: boolean; children: ReactNode }) {
  return (
    <span className={atEnd ? "text-right" : "lg:text-right"}>
      <span className="text-small text-faint mr-1 lg:sr-only">{name} </span>
      {children}
    </span>
  );
}

function Firing({ slo: { worst, firing } }: { slo: SloEntry }) {
  if (worst?.silenced) return <span className="text-faint">silenced</span>;
  const tiers = worst?.tiers.filter(({ key }) => firing.includes(key)) ?? [];
  return (
    <span className="flex min-w-0 flex-wrap gap-1 empty:hidden">
      {tiers.map((tier) => (
        <Chip key={tier.key} loud={tier.action === "page"}>
          {tier.action} {tierWindows(tier)}
        </Chip>
      ))}
    </span>
  );
}

function Chip({ loud = false, children }: { loud?: boolean; children: ReactNode }) {
  return (
    <span
      className={clsx(
        "text-small rounded-chip border px-1.5 whitespace-nowrap",
        loud ? "border-critical text-critical" : "border-line-strong text-dim",
      )}
    >
      {children}
    </span>
  );
}
