"use client";

import type { ReactNode } from "react";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { needsPostmortem } from "#lib/domain/incidents/impact.ts";
import { percentOfRatio, writeDecimal } from "#lib/domain/slo/decimal.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";
import { Card } from "#components/shell/card.tsx";

const namesOf = (incident: IncidentDetail, label: "service" | "node") =>
  [...new Set([incident[label] ?? "", ...incident.alerts.map(({ labels }) => labels[label] ?? "")])].filter(
    (name) => name !== "",
  );

/** What it is about and what it costs: services, nodes and the budgets of their SLOs. */
export function AffectedCard({ incident }: { incident: IncidentDetail }) {
  const [services, nodes] = [namesOf(incident, "service"), namesOf(incident, "node")];
  return (
    <Card title="Affected">
      <dl className="grid gap-1.5">
        <Row name="Services">
          {services.length === 0
            ? null
            : services.map((name) => <EntityLink key={name} kind="services" name={name} />)}
        </Row>
        <Row name="Nodes">
          {nodes.length === 0
            ? null
            : nodes.map((name) => <EntityLink key={name} kind="nodes" name={name} />)}
        </Row>
      </dl>
      {incident.slos.length > 0 && (
        <ul aria-label="SLOs" className="border-line-soft mt-2.5 grid gap-2 border-t pt-2.5">
          {incident.slos.map((slo) => (
            <Slo key={slo.id} slo={slo} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ name, children }: { name: string; children: ReactNode[] | null }) {
  return (
    <div className="flex gap-3">
      <dt className="text-faint w-20 flex-none">{name}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap gap-x-2.5 break-words">
        {children ?? <span className="text-faint">none named</span>}
      </dd>
    </div>
  );
}

function Slo({ slo: { id, key, status, target, spentRatio } }: { slo: IncidentDetail["slos"][number] }) {
  const known = SLO_STATUSES.find((one) => one === status);
  const due = needsPostmortem([spentRatio]);
  return (
    <li className="min-w-0">
      <div className="flex items-start justify-between gap-2">
        <Link
          href={`/slos/${encodeURIComponent(id)}`}
          className="rounded-chip min-w-0 break-words hover:underline"
        >
          {key}
        </Link>
        {known && <StatusBadge status={known} />}
      </div>
      <p className="text-small text-dim">
        target {writeDecimal(percentOfRatio(target))} %
        {spentRatio !== null && (
          <>
            {" · "}
            <span className={due ? "text-critical" : undefined}>
              {writeRatio(spentRatio)} of its budget spent meanwhile
            </span>
            {due && ": a post-mortem is due"}
          </>
        )}
      </p>
    </li>
  );
}
