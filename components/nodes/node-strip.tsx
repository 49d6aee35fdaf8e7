import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { entityColor } from "#lib/client/entity-color.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { Sparkline } from "#components/charts/sparkline.tsx";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { levelColor } from "#components/shell/level-color.ts";
import { statusColor, StatusBadge } from "#components/shell/status.tsx";
import { Figure } from "#components/ui/figure.tsx";
import { withoutLeftovers } from "./down-node.ts";
import { gaugeRows } from "./gauge-rows.ts";

/** One node as a strip: CPU, memory, disk and network, each with 24 hours behind the figure of now. */
export function NodeStrip({ node }: { node: NodeHealth }) {
  const color = entityColor(node.name);
  return (
    <article aria-label={node.name} className="relative min-w-0">
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-semibold break-words" style={{ color }}>
          <EntityLink kind="nodes" name={node.name} stretched />
        </h3>
        {node.status !== "healthy" && <StatusBadge status={node.status}>{stateWord(node)}</StatusBadge>}
        <span className="text-small text-faint ml-auto">{aboutNode(node)}</span>
      </header>
      {node.reasons.length > 0 && node.up !== true && (
        <p className={`mb-2 font-medium ${statusColor(node.status)}`}>{node.reasons[0]}</p>
      )}
      <dl className="grid grid-cols-[fit-content(9rem)_minmax(3rem,1fr)_auto] gap-x-4">
        {gaugeRows(withoutLeftovers(node)).map((row) => (
          <div key={row.label} className="col-span-full grid grid-cols-subgrid items-center py-0.5">
            <dt className="text-dim min-w-0">
              <span className="block truncate" title={row.label}>
                {row.label}
              </span>
              {row.note !== null && <span className="text-small text-faint block">{row.note}</span>}
            </dt>
            <dd className="contents">
              <Sparkline {...row.spark} color={color} />
              <Figure text={row.figure} why={row.why} className={`text-right ${levelColor(row.level)}`} />
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function stateWord(node: NodeHealth): string | undefined {
  if (node.up === false) return "down";
  return node.up === null ? "no data" : undefined;
}

function aboutNode(node: NodeHealth): string {
  const uptime = node.uptimeSeconds === null ? null : `up ${writeSeconds(node.uptimeSeconds)}`;
  return [node.role, uptime].filter(Boolean).join(" · ");
}
