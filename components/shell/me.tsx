"use client";

import { createContext, type ReactNode, use } from "react";
import type { Me } from "#lib/contracts/access.ts";
import { type Action, type Owned, permits, type Refusal, refusal } from "#lib/domain/access/permissions.ts";

const MeContext = createContext<Me | null>(null);

/** Tells every component below who looks at it. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Whoever looks at this page. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error("useMe needs a MeProvider above it");
  return me;
}

/** Whether the viewer may take an action, by the table that the server decides with. */
export function useMay(action: Action, resource?: Owned): boolean {
  return permits(useMe(), action, resource);
}

/** Why the viewer may not take an action, to say so beside what is disabled; null when they may. */
export function useRefusal(action: Action, resource?: Owned): Refusal | null {
  return refusal(useMe(), action, resource);
}
