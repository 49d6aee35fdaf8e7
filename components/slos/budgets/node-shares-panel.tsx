"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { slosQuery, spendQuery } from "#lib/client/slos.queries.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { measuredView } from "#lib/client/measured-view.ts";
import { writeBurn, writeLeft } from "../slo-words.ts";
import { type NodeShare, shareOf, splitSlos } from "./node-shares.ts";

const COLUMNS: readonly Column<NodeShare>[] = [
  { key: "service", header: "Service", cell: ({ slo }) => slo.service, sortBy: ({ slo }) => slo.service },
  { key: "status", header: "Status", beside: true, cell: ({ slo }) => <StatusBadge status={slo.status} /> },
  { key: "slo", header: "SLO", cell: ({ slo }) => <span className="text-dim">{slo.name}</span> },
  {
    key: "spent",
    header: "Spent here",
    align: "end",
    sortBy: ({ budgetConsumedRatio }) => budgetConsumedRatio,
    cell: ({ budgetConsumedRatio, missing }) => (
      <Figure text={writeRatio(budgetConsumedRatio)} why={missing} />
    ),
  },
  {
    key: "burn",
    header: "Burn here (6h)",
    align: "end",
    sortBy: ({ burnRate }) => burnRate,
    cell: ({ burnRate, missing }) => <Figure text={writeBurn(burnRate)} why={missing} />,
  },
  {
    key: "whole",
    header: "Burn in all (6h)",
    align: "end",
    cell: ({ slo }) => writeBurn(slo.worst?.burnRate["6h"]),
  },
  {
    key: "left",
    header: "Left in all",
    align: "end",
    cell: ({ slo }) => writeLeft(slo.worst?.budgetRemainingRatio ?? null),
  },
];

/** What a node spends of the budgets of the services that run on it. */
export function NodeSharesPanel({ node }: { node: string }) {
  const here = usePanel("node.services");
  const answer = useQuery(slosQuery());
  const services = new Set(here.state === "ready" ? here.data.map(({ name }) => name) : []);
  const slos = splitSlos(answer.data?.data.slos ?? [], services);
  const spends = useQueries({
    queries: slos.map(({ id, worst }) =>
      spendQuery({ id, objective: worst?.objective ?? 0, group: worst?.group ?? {} }, "node"),
    ),
  });
  const shares = slos.map((slo, at) => shareOf(node, slo, spends[at]?.data?.data));
  return (
    <PanelFrame
      anchor="budgets-by-node"
      title={`What ${node} spends of its services' budgets`}
      view={measuredView(answer)}
      skeleton={<ListSkeleton rows={4} rowHeight="h-9" />}
      empty={{ when: () => here.state === "ready" && shares.length === 0, state: <NoShares /> }}
    >
      {() => (
        <DataTable
          label="Budgets of services, split by node"
          columns={COLUMNS}
          rows={shares}
          rowKey={({ slo }) => slo.id}
          href={({ slo }) => `/slos/${encodeURIComponent(slo.id)}?by=node`}
        />
      )}
    </PanelFrame>
  );
}

function NoShares() {
  return (
    <EmptyState title="No budget can be split by this node">
      No service that runs here has an SLO that counts requests.
    </EmptyState>
  );
}
