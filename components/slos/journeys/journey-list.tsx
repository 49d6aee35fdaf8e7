"use client";

import { useQuery } from "@tanstack/react-query";
import { journeysQuery, type Journeys } from "#lib/client/journeys.queries.ts";
import type { Journey } from "#lib/contracts/journeys.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { measuredView } from "#lib/client/measured-view.ts";
import { NewSloLinks } from "../new-slo-links.tsx";
import { JourneyCard } from "./journey-card.tsx";

/** What users set out to do, step by step, and whether they get there. */
export function JourneyList({ initial }: { initial?: Journeys }) {
  const answer = useQuery({ ...journeysQuery, initialData: initial });
  const view = measuredView(answer);
  return (
    <PanelFrame
      anchor="journeys"
      title={view.state === "ready" ? inWords(view.data.journeys) : "User journeys"}
      aside="worst first"
      view={view}
      skeleton={<Skeleton className="h-80" />}
      empty={{ when: ({ journeys }) => journeys.length === 0, state: <NoJourneys /> }}
    >
      {({ journeys }) => (
        <ul className="divide-line-soft divide-y">
          {journeys.map((journey) => (
            <li key={journey.slo.id} className="py-4 first:pt-1 last:pb-0">
              <JourneyCard journey={journey} />
            </li>
          ))}
        </ul>
      )}
    </PanelFrame>
  );
}

function inWords(journeys: readonly Journey[]): string {
  if (journeys.length === 0) return "User journeys";
  const well = journeys.filter(({ slo }) => slo.status === "healthy").length;
  return `${well} of ${countOf(journeys.length, "user journey")} ${well === 1 ? "goes" : "go"} well`;
}

function NoJourneys() {
  return (
    <EmptyState title="There is no user journey yet">
      <p>
        A journey strings together the SLOs of what a user passes: browse, cart, checkout. It fails where any
        step on its critical path does. Make a new SLO with the composite SLI.
      </p>
      <div className="mt-2">
        <NewSloLinks />
      </div>
    </EmptyState>
  );
}
