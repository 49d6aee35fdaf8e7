"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { incidentQuery, timelineQuery } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail, Timeline as TimelineAnswer } from "#lib/contracts/incidents.ts";
import { Card } from "#components/shell/card.tsx";
import { Composer } from "../timeline/composer.tsx";
import { Timeline } from "../timeline/timeline.tsx";
import { useKnownPeople } from "../use-known-people.ts";
import { AffectedCard } from "./affected-card.tsx";
import { IncidentHeader } from "./incident-header.tsx";
import { PhaseRibbon } from "./phase-ribbon.tsx";
import { RelatedAlerts } from "./related-alerts.tsx";
import { mitigationBegan } from "./ribbon-geometry.ts";
import { TimesCard } from "./times-card.tsx";

interface IncidentPageProps {
  /** What the server read for the first paint. */
  initial: IncidentDetail;
  timeline?: TimelineAnswer;
  /** What other features have to say of it. */
  aside?: ReactNode;
  /** What may be done about it from here. */
  actions?: ReactNode;
}

/** An incident: how it stands, what to do next, what happened, and what it touches. */
export function IncidentPage({ initial, timeline, aside, actions }: IncidentPageProps) {
  const { data: incident } = useQuery({ ...incidentQuery(initial.id), initialData: initial });
  const { data: told } = useQuery({ ...timelineQuery(initial.id), initialData: timeline });
  const { people, nameOf } = useKnownPeople(incident);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 max-sm:pb-16">
      <IncidentHeader incident={incident} people={people} />
      <Card title="Phases" className="[&>header]:sr-only">
        <PhaseRibbon incident={incident} beganMs={mitigationBegan(told?.entries ?? [])} />
      </Card>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 max-lg:contents lg:col-start-2 lg:row-start-1">
          <RelatedAlerts incident={incident} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 max-lg:order-last">
            <AffectedCard incident={incident} />
            {aside}
            <TimesCard incident={incident} />
          </div>
        </div>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          {actions}
          <Timeline
            incidentId={incident.id}
            initial={timeline}
            nameOf={nameOf}
            composer={incident.mergedInto === null && <Composer incident={incident} />}
          />
        </div>
      </div>
    </div>
  );
}
