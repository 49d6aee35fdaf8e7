"use client";

import type { IncidentDetail } from "#lib/contracts/incidents.ts";

export function Composer({ incident }: { incident: IncidentDetail }) {
  return <span data-of={incident.id} />;
}
