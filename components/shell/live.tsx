"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, startTransition, use, useEffect, useState } from "react";
import { Refresher } from "#lib/client/refresher.ts";
import { followStream } from "#lib/client/stream.ts";
import { useMay } from "./me.tsx";

const LiveContext = createContext(false);

/** Whether what is new appears by itself just now. */
export function useLive(): boolean {
  return use(LiveContext);
}

/** Has whatever shows incidents, on any page, ask again when the stream says that there is something new. */
export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const may = useMay("incidents:read");
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (!may) return;
    const refresher = new Refresher(client);
    // It may be told before all of the page is hydrated, which then must not happen at one go.
    const onLive = (now: boolean) => startTransition(() => setLive(now));
    return followStream({ onMessage: (message) => refresher.hear(message), onLive });
  }, [client, may]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
