"use client";

import type { PanelData } from "#lib/contracts/panels.ts";
import { entityPath } from "#lib/client/entity-path.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { DependencyGraph } from "./dependency-graph.tsx";

type Dependencies = PanelData<"service.dependencies">;

/** What the service depends on and what depends on it, each with its status. */
export function DependenciesPanel({ service }: { service: string }) {
  const view = usePanel("service.dependencies");
  const { range } = useTimeRange();
  return (
    <PanelFrame
      anchor="dependencies"
      title={view.state === "ready" ? inWords(view.data) : "Dependencies"}
      view={view}
      skeleton={<Skeleton className="h-24" />}
      empty={{ when: isAlone, state: <NoDependencies /> }}
    >
      {(dependencies) => (
        <>
          <div className="overflow-x-auto max-sm:hidden">
            <DependencyGraph
              service={service}
              dependencies={dependencies}
              hrefOf={(name) => entityPath("services", name, range)}
            />
          </div>
          <DependencyLists dependencies={dependencies} />
        </>
      )}
    </PanelFrame>
  );
}

const isAlone = ({ upstream, downstream }: Dependencies) => upstream.length + downstream.length === 0;

function inWords({ upstream, downstream }: Dependencies): string {
  if (upstream.length + downstream.length === 0) return "Dependencies";
  return `Depends on ${countOf(upstream.length, "service")}, used by ${downstream.length}`;
}

/** The same on a phone, where a graph has no room. */
function DependencyLists({ dependencies: { upstream, downstream } }: { dependencies: Dependencies }) {
  const sides = [
    { title: "Depends on", links: upstream },
    { title: "Used by", links: downstream },
  ].filter(({ links }) => links.length > 0);
  return (
    <div className="grid gap-3 sm:hidden">
      {sides.map(({ title, links }) => (
        <div key={title}>
          <p className="text-small text-faint">{title}</p>
          <ul>
            {links.map(({ name, status }) => (
              <li key={name} className="flex min-h-9 items-center justify-between gap-3">
                <EntityLink kind="services" name={name} className="min-w-0 break-words" />
                <StatusBadge status={status} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function NoDependencies() {
  return (
    <EmptyState title="No dependency is known">
      Name what this service calls in its catalogue entry; what calls it appears by its own.
    </EmptyState>
  );
}
