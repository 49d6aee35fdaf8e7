"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createSlo, proposalsQuery } from "#lib/client/slo-editor.queries.ts";
import { SLOS_KEY } from "#lib/client/slos.queries.ts";
import type { Proposal, ProposeSlos } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { useMay } from "#components/shell/me.tsx";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ProposalCard } from "./proposal-card.tsx";

const subjectOf = ({ definition }: Proposal) => definition.service ?? definition.node ?? "";

/** What became of one that was to be made. */
interface Made {
  key: string;
  refused: string | null;
}

/** Makes SLOs one after the other; one that is refused does not keep the others from being made. */
async function makeAll(chosen: readonly Proposal[], draft: boolean): Promise<Made[]> {
  const made: Made[] = [];
  for (const { definition } of chosen) {
    const key = sloKey(definition);
    const refused = await createSlo({ definition, draft }).then(
      () => null,
      (error: unknown) => problemOf(error).detail,
    );
    made.push({ key, refused });
  }
  return made;
}

/** SLOs worth having for what was found: choose some, or open one in the editor. */
export function Proposals({ of }: { of: ProposeSlos }) {
  const query = useQuery(proposalsQuery(of));
  if (query.isPending) {
    return (
      <div className="grid gap-4" aria-busy="true">
        <p className="text-dim">Looking at the metrics and at their last 30 days…</p>
        {[0, 1, 2].map((at) => (
          <Skeleton key={at} className="h-44" />
        ))}
      </div>
    );
  }
  if (query.isError)
    return <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data.length === 0) {
    return (
      <EmptyState title="Nothing to propose">
        <p>
          No service or node has metrics that an SLO could be measured by. Requests, run times of batches and
          node_exporter are looked for.
        </p>
      </EmptyState>
    );
  }
  return <ProposalList proposals={query.data} />;
}

function ProposalList({ proposals }: { proposals: readonly Proposal[] }) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const client = useQueryClient();
  const mayPublish = useMay("slos:publish");
  const chosen = proposals.filter(({ definition, exists }) => !exists && keys.has(sloKey(definition)));
  const make = useMutation({
    mutationFn: (draft: boolean) => makeAll(chosen, draft),
    onSuccess: async () => {
      setKeys(new Set());
      await client.invalidateQueries({ queryKey: [SLOS_KEY] });
      await client.invalidateQueries({ queryKey: ["slo-proposals"] });
    },
  });
  const choose = (key: string, on: boolean) =>
    setKeys((before) => new Set(on ? [...before, key] : [...before].filter((one) => one !== key)));
  return (
    <>
      {make.data && <Outcome made={make.data} />}
      {[...Map.groupBy(proposals, subjectOf)].map(([subject, own]) => (
        <Subject key={subject} subject={subject} proposals={own} keys={keys} onChoose={choose} />
      ))}
      <div className="border-line-soft bg-bg sticky bottom-0 z-10 -mx-6 flex flex-wrap items-center justify-end gap-2 border-t px-6 py-3 max-sm:bottom-(--bottom-bar-height) max-sm:-mx-3.5 max-sm:px-3.5">
        <span className="text-small text-dim mr-auto" role="status">
          {chosen.length === 0 ? "Choose what to make" : `${chosen.length} chosen`}
        </span>
        <Button disabled={chosen.length === 0 || make.isPending} onClick={() => make.mutate(true)}>
          Make drafts
        </Button>
        {mayPublish && (
          <Button
            variant="primary"
            disabled={chosen.length === 0 || make.isPending}
            onClick={() => make.mutate(false)}
          >
            Make and publish
          </Button>
        )}
      </div>
    </>
  );
}

interface SubjectProps {
  subject: string;
  proposals: readonly Proposal[];
  keys: ReadonlySet<string>;
  onChoose: (key: string, on: boolean) => void;
}

function Subject({ subject, proposals, keys, onChoose }: SubjectProps) {
  const tier = proposals[0]?.tier;
  return (
    <section
      aria-label={subject}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 className="text-lead font-semibold">
        {subject}{" "}
        {tier?.tier && (
          <span className="text-dim text-body font-normal">{tier.tier.replace("_", " ")} tier</span>
        )}
      </h2>
      {tier && tier.rationale.length > 0 && <p className="text-dim mt-0.5">{tier.rationale.join(" ")}</p>}
      <ul className="mt-1">
        {proposals.map((proposal) => {
          const key = sloKey(proposal.definition);
          return (
            <ProposalCard
              key={key}
              proposal={proposal}
              chosen={keys.has(key)}
              onChoose={(on) => onChoose(key, on)}
            />
          );
        })}
      </ul>
    </section>
  );
}

function Outcome({ made }: { made: readonly Made[] }) {
  const refused = made.filter((one) => one.refused !== null);
  const done = made.length - refused.length;
  return (
    <div role="status" className="rounded-control border-line bg-panel border px-3 py-2">
      <p className="font-medium">
        {done} of {made.length} {made.length === 1 ? "SLO was" : "SLOs were"} made.
      </p>
      <ul className="text-dim">
        {refused.map(({ key, refused: why }) => (
          <li key={key}>
            {key}: {why}
          </li>
        ))}
      </ul>
    </div>
  );
}
