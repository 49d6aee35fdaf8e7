"use client";

import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type BudgetAddress, spendQuery } from "#lib/client/slos.queries.ts";
import type { Spend } from "#lib/contracts/slo-budgets.ts";
import { SPEND_DIMENSIONS } from "#lib/domain/slo/budget/attribution.ts";
import { writeCount, writeRatio } from "#lib/domain/words/figures.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { Link } from "#components/ui/link.tsx";
import { measuredView } from "#lib/client/measured-view.ts";
import { writeBurn } from "./slo-words.ts";

type Part = Spend["parts"][number];
const NOT_COUNTED = "Not counted for this part";
const BY = parseAsStringLiteral(SPEND_DIMENSIONS).withDefault("route");

/** Who spent the budget over its window: by route, status, instance, node or incident. */
export function SpendPanel({ address }: { address: BudgetAddress }) {
  const [by, setBy] = useQueryState("by", BY);
  const answer = useQuery(spendQuery(address, by));
  const expr = answer.data?.data.query ?? "";
  const view = measuredView(answer, expr === "" ? [] : [{ source: "prometheus", expr }]);
  return (
    <PanelFrame
      anchor="who-spent-it"
      title={view.state === "ready" ? spendInWords(view.data) : "Who spent it"}
      view={view}
      skeleton={<ListSkeleton rows={6} rowHeight="h-9" />}
    >
      {(spend) => (
        <>
          <SplitBy by={by} onChoose={(next) => void setBy(next)} />
          <Parts spend={spend} />
        </>
      )}
    </PanelFrame>
  );
}

interface SplitByProps {
  by: Spend["by"];
  onChoose: (by: Spend["by"]) => void;
}

function SplitBy({ by, onChoose }: SplitByProps) {
  return (
    <div role="group" aria-label="Split by" className="mb-2 flex flex-wrap gap-1">
      {SPEND_DIMENSIONS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === by}
          onClick={() => onChoose(one)}
          className={clsx(
            "rounded-control h-7 border px-2",
            one === by ? "border-accent text-ink" : "border-line text-dim hover:text-ink",
          )}
        >
          {one}
        </button>
      ))}
    </div>
  );
}

/** "POST /pay spent 64 % of what is gone"; the question where there is no answer. */
function spendInWords({ parts, by, unsplittableReason }: Spend): string {
  if (unsplittableReason !== null) return "Who spent it";
  const [first] = parts;
  if (!first || first.name === null) return `Who spent it, by ${by}`;
  return `${nameOf(first, by)} spent ${writeRatio(first.badShare)} of what is gone`;
}

function nameOf({ name }: Part, by: Spend["by"]): string {
  if (name === null) return "everything else";
  return name === "" ? `without a ${by}` : name;
}

function PartName({ part, by }: { part: Part; by: Spend["by"] }) {
  if (by !== "incident" || part.name === null) return <span className="break-all">{nameOf(part, by)}</span>;
  return (
    <Link href={`/incidents/${encodeURIComponent(part.name)}`} className="rounded-chip break-all">
      {part.name}
    </Link>
  );
}

function columnsOf({ by }: Spend): readonly Column<Part>[] {
  return [
    {
      key: "name",
      header: by,
      cell: (part) => <PartName part={part} by={by} />,
      sortBy: (part) => nameOf(part, by),
    },
    {
      key: "bad",
      header: "Bad",
      align: "end",
      cell: ({ bad }) => writeCount(Math.round(bad)),
      sortBy: ({ bad }) => bad,
    },
    {
      key: "budget",
      header: "Of budget",
      align: "end",
      cell: (part) => (part.budgetConsumedRatio === null ? "—" : writeRatio(part.budgetConsumedRatio)),
      sortBy: (part) => part.budgetConsumedRatio,
    },
    {
      key: "errors",
      header: "Errors",
      align: "end",
      cell: ({ errorRatio }) => (
        <Figure
          text={errorRatio === null ? "—" : writeRatio(errorRatio)}
          why={errorRatio === null ? NOT_COUNTED : null}
        />
      ),
      sortBy: ({ errorRatio }) => errorRatio,
    },
    {
      key: "burn",
      header: "Burn 6h",
      align: "end",
      cell: ({ burnRate }) => (
        <Figure text={writeBurn(burnRate)} why={burnRate === null ? NOT_COUNTED : null} />
      ),
      sortBy: ({ burnRate }) => burnRate,
    },
  ];
}

function Parts({ spend }: { spend: Spend }) {
  if (spend.unsplittableReason !== null) {
    return <EmptyState title="It cannot be split">{spend.unsplittableReason}</EmptyState>;
  }
  if (spend.parts.length === 0) {
    return <EmptyState title="Nobody spent anything">No event failed within the window.</EmptyState>;
  }
  const unnamed = spend.parts.every(({ name }) => name === null || name === "");
  if (unnamed && spend.by === "incident") {
    return <EmptyState title="No incident spent any of it">All of it went while none was open.</EmptyState>;
  }
  if (unnamed) {
    return (
      <EmptyState title={`Its events carry no label "${spend.label}"`}>
        Where the metrics of the service name it otherwise, set the label in the catalogue entry.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label={`Budget spent by ${spend.by}`}
      columns={columnsOf(spend)}
      rows={spend.parts}
      rowKey={({ name }) => name ?? "everything else"}
    />
  );
}
