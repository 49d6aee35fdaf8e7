"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import { transitIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Link } from "#components/ui/link.tsx";
import { Refusal } from "./card.tsx";

/** What a notification's link leads to: looking changes nothing, the button acknowledges. */
export function AcknowledgeCard({ initial }: { initial: IncidentDetail }) {
  const mutation = useMutation({
    mutationFn: () => transitIncident({ id: initial.id, transition: "acknowledge" }),
  });
  const incident = mutation.data ?? initial;
  const { id, severity, title, phase, service, node, detectedAt, firingAlerts, acknowledgedAt } = incident;
  const about = [service, node].filter((name) => name !== null).join(" · ");
  return (
    <section className="rounded-panel border-line-soft bg-panel grid max-w-xl gap-3 border px-4 py-4">
      <div className="flex items-center gap-2.5">
        <SeverityChip severity={severity} />
        <h2 className="text-lead min-w-0 font-semibold break-words">
          <bdi>{title}</bdi>
        </h2>
      </div>
      <p className="text-dim">
        <bdi>{about}</bdi> {about !== "" && "· "}
        {phase}, detected <Age at={detectedAt} />, {firingAlerts} firing
      </p>
      {mutation.error && <Refusal {...problemOf(mutation.error)} />}
      {phase === "DETECT" ? (
        <GuardedButton
          action="incidents:write"
          variant="primary"
          className="h-12 w-full justify-center"
          disabled={mutation.isPending}
          onClick={() => mutation.mutate()}
        >
          Acknowledge: I am on it
        </GuardedButton>
      ) : (
        <p role="status" className="font-medium">
          {acknowledgedAt ? (
            <>
              Acknowledged <Age at={acknowledgedAt} />
            </>
          ) : (
            "Nobody has to acknowledge it any more"
          )}
        </p>
      )}
      <Link href={`/incidents/${id}`}>Open the incident</Link>
    </section>
  );
}
