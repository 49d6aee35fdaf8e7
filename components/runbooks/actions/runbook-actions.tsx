"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsString, useQueryStates } from "nuqs";
import { type ReactNode, useId } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { offersQuery } from "#lib/client/runbook-actions.queries.ts";
import type { RunbookOffers } from "#lib/contracts/runbook-actions.ts";
import { ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { Link } from "#components/ui/link.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TargetChoice } from "./target-choice.tsx";

const ActionCard = dynamic(() => import("./action-card.tsx").then((module) => module.ActionCard), {
  loading: () => <Skeleton className="h-24" />,
});

interface RunbookActionsProps {
  /** A runbook's actions, or those of all runbooks that an incident's alerts name. */
  about: { runbook: string } | { incident: string };
  /** Stands there where there is no action; without it, nothing does. */
  empty?: ReactNode;
}

/** In the address, where the live panels of a runbook's page look for them as well. */
const TARGET = { service: parseAsString, node: parseAsString };

function ofKind(offers: readonly RunbookOffers[], kind: "service" | "node"): boolean {
  return offers.some(({ actions }) => actions.some(({ action }) => action.target === kind));
}

function Offers({ offers, name }: { offers: RunbookOffers; name: boolean }) {
  return (
    <div className="grid gap-3">
      {name && (
        <p className="text-small text-dim">
          of the runbook{" "}
          <Link
            href={`/alerts/runbooks/${encodeURIComponent(offers.runbook)}`}
            className="text-ink underline"
          >
            {offers.title}
          </Link>
        </p>
      )}
      <div className="divide-line-soft grid gap-4 divide-y [&>*+*]:pt-4">
        {offers.actions.map((offer) => (
          <ActionCard key={offer.action.name} offers={offers} offer={offer} />
        ))}
      </div>
    </div>
  );
}

/** What the actions are looked at for, where they need to be told. */
function Targets({ offered }: { offered: readonly RunbookOffers[] }) {
  const [, setTarget] = useQueryStates(TARGET, { shallow: false });
  const [first] = offered;
  if (!first) return null;
  return (["service", "node"] as const)
    .filter((kind) => ofKind(offered, kind))
    .map((kind) => (
      <TargetChoice
        key={kind}
        kind={kind}
        value={first[kind]}
        onChoose={(name) => void setTarget({ [kind]: name })}
      />
    ));
}

/** Guarded actions with what their guards show now, what waits for approval, and what came of the last runs. */
export function RunbookActions({ about, empty = null }: RunbookActionsProps) {
  const headingId = useId();
  const [{ service, node }] = useQueryStates(TARGET);
  const { data, error, isPending, refetch } = useQuery({
    ...offersQuery({ ...about, service: service ?? undefined, node: node ?? undefined }),
    placeholderData: (before) => before,
  });
  const offered = (data ?? []).filter(({ actions }) => actions.length > 0);
  if (data && offered.length === 0) return empty;
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-6 flex-wrap items-center justify-between gap-3">
        <h2 id={headingId} className="text-dim font-medium">
          Actions
        </h2>
        <Targets offered={offered} />
      </header>
      {isPending && <Skeleton className="h-24" />}
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      <div className="grid gap-5">
        {offered.map((one) => (
          <Offers key={one.runbook} offers={one} name={"incident" in about} />
        ))}
      </div>
    </section>
  );
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const problem = problemOf(error);
  return problem.code === "forbidden" ? (
    <ForbiddenState problem={problem} />
  ) : (
    <ErrorState problem={problem} onRetry={onRetry} />
  );
}
