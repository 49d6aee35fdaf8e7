"use client";

import { useQuery } from "@tanstack/react-query";
import { policyQuery } from "#lib/client/notifications.queries.ts";
import { peopleQuery } from "#lib/client/people.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import type { PolicyKind } from "#lib/contracts/on-call.ts";
import { EscalationFields } from "./escalation-fields.tsx";
import { OnCallFields } from "./on-call-fields.tsx";
import { RoutingFields } from "./routing-fields.tsx";

/** The fields of a kind of document, with the people and rotations that can be picked. */
export function PolicyFields({ kind, channels }: { kind: PolicyKind; channels: readonly Channel[] }) {
  const people = (useQuery({ ...peopleQuery, enabled: kind !== "routing" }).data?.people ?? []).map(
    ({ id, name, disabled }) => ({ value: id, label: disabled ? `${name} (may not sign in)` : name }),
  );
  const onCall = useQuery({ ...policyQuery("on_call"), enabled: kind === "escalation" }).data?.document;
  switch (kind) {
    case "routing":
      return <RoutingFields channels={channels} />;
    case "on_call":
      return <OnCallFields people={people} />;
    case "escalation": {
      const rotations = onCall && "rotations" in onCall ? onCall.rotations.map(({ name }) => name) : [];
      return <EscalationFields channels={channels} people={people} rotations={rotations} />;
    }
  }
}
