"use client";

import type { NodeHealth } from "#lib/contracts/cluster.ts";
import {
  writeCelsius,
  writeCount,
  writeBytes,
  writeSeconds,
  roundFigure,
} from "#lib/domain/words/figures.ts";
import { BarePanel } from "#components/shell/bare-panel.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { withoutLeftovers } from "./down-node.ts";

/** How the node is and why, and what it is. */
export function NodeHeader() {
  const view = usePanel("node.health");
  return (
    <BarePanel label="Status and facts" view={view} skeleton={<HeaderSkeleton />} className="min-h-20">
      {(node) => (
        <>
          <p className="text-title flex flex-wrap items-baseline gap-x-3 font-medium tracking-tight">
            <StatusBadge status={node.status}>{node.up === false ? "down" : undefined}</StatusBadge>
            <span className="min-w-0 break-words">{reasonsInWords(node)}</span>
          </p>
          <Facts node={withoutLeftovers(node)} />
        </>
      )}
    </BarePanel>
  );
}

function HeaderSkeleton() {
  return (
    <div className="grid gap-3">
      <Skeleton className="h-7 max-w-md" />
      <Skeleton className="h-10 max-w-2xl" />
    </div>
  );
}

function reasonsInWords({ up, reasons }: NodeHealth): string {
  if (reasons.length > 0) return reasons.join(", ");
  return up === null ? "nothing reports on this node" : "no resource is over its limit";
}

function Facts({ node }: { node: NodeHealth }) {
  const load = node.load1 === null ? null : writeCount(roundFigure(node.load1));
  const pods = node.pods.running === null ? null : `${writeCount(node.pods.running)} running`;
  const notReady = node.pods.notReady ? `, ${writeCount(node.pods.notReady)} not ready` : "";
  const facts: [string, string | null][] = [
    ["Role", node.role],
    ["Answers", node.up === null ? null : node.up ? "yes" : "no"],
    ["Uptime", node.uptimeSeconds === null ? null : writeSeconds(node.uptimeSeconds)],
    ["Cores", node.cores === null ? null : writeCount(node.cores)],
    ["Load, 1 min", load],
    ["Memory", node.memoryBytes === null ? null : writeBytes(node.memoryBytes)],
    ["Temperature", node.temperatureCelsius === null ? null : writeCelsius(node.temperatureCelsius)],
    ["Pods", pods && `${pods}${notReady}`],
  ];
  return (
    <dl className="mt-2.5 flex flex-wrap gap-x-6 gap-y-2">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-small text-faint">{name}</dt>
          <dd>
            <Figure
              text={value ?? "—"}
              why={value === null ? `No ${name.toLowerCase()} is reported` : null}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
