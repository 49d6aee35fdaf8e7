"use client";

import { useQuery } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { proposalsQuery } from "#lib/client/slo-editor.queries.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { blankDefinition, usualSli } from "./editor-definition.ts";
import { SloEditor } from "./slo-editor.tsx";
import type { KnownService } from "./start-section.tsx";

interface NewSloProps {
  services: readonly KnownService[];
  /** Begins from a template of this service. */
  service: string | undefined;
  /** Begins from the proposal with this key, of this service or node. */
  proposal: { key: string; service: string | undefined; node: string | undefined } | null;
}

/** The editor of an SLO that does not exist yet. */
export function NewSlo({ services, service, proposal }: NewSloProps) {
  if (proposal) return <FromProposal services={services} proposal={proposal} />;
  const chosen = services.find(({ name }) => name === service);
  const template =
    chosen && templateDefinitions(chosen.kind, { ...chosen, service: chosen.name, runbookUrl: null })[0];
  const initial = template ?? blankDefinition(usualSli("availability", null));
  return <SloEditor initial={initial} slo={null} services={services} />;
}

function FromProposal({
  services,
  proposal,
}: Pick<NewSloProps, "services"> & { proposal: NonNullable<NewSloProps["proposal"]> }) {
  const { key, service, node } = proposal;
  const query = useQuery(proposalsQuery({ service, node }));
  if (query.isPending) {
    return (
      <div className="grid gap-4" aria-busy="true">
        <p className="text-dim">Looking at the last 30 days of {service ?? node}…</p>
        <Skeleton className="h-40" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  if (query.isError)
    return <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  const found = query.data.find(({ definition }) => sloKey(definition) === key);
  if (!found) {
    return (
      <EmptyState title="This is not proposed any more">
        <p>What is proposed follows from what is measured. The other proposals are still there.</p>
      </EmptyState>
    );
  }
  return <SloEditor key={key} initial={found.definition} slo={null} services={services} />;
}
