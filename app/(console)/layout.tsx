import type { ReactNode } from "react";
import { MeProvider } from "#components/shell/me.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { describeActor } from "#lib/server/services/account/me.ts";
import { pageActor } from "./page-actor.ts";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const me = await describeActor(await pageActor());
  return (
    <MeProvider me={me}>
      <Shell>{children}</Shell>
    </MeProvider>
  );
}
