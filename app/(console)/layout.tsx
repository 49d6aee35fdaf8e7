import type { ReactNode } from "react";
import { MeProvider } from "#components/shell/me.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { listIncidents } from "#lib/server/services/incidents/list.ts";
import { describeActor } from "#lib/server/services/account/me.ts";
import { pageActor } from "./page-actor.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself.
  const reading = listIncidents(actor, { open: "true", severity: "P1" }).catch(() => undefined);
  const [me, alarms] = await Promise.all([describeActor(actor), reading]);
  return (
    <MeProvider me={me}>
      <Shell alarms={alarms?.data.incidents.filter(({ open }) => open)}>{children}</Shell>
    </MeProvider>
  );
}
