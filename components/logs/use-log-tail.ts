"use client";

import { useEffect, useState } from "react";
import { followTail, type TailState } from "#lib/client/log-tail.ts";
import { hearTail, NO_TAIL_LINES, pauseTail, type TailLines } from "#lib/client/tail-lines.ts";

/** Follows a query while mounted. */
export function useLogTail(query: string) {
  const [tail, setTail] = useState<TailLines>(NO_TAIL_LINES);
  const [connection, setConnection] = useState<TailState>({ state: "connecting" });
  useEffect(() => {
    const stop = new AbortController();
    const follower = {
      onState: setConnection,
      onMessage: (message: Parameters<typeof hearTail>[1]) =>
        setTail((before) => hearTail(before, message, Date.now())),
    };
    void followTail(query, follower, stop.signal);
    return () => stop.abort();
  }, [query]);
  return {
    tail,
    connection,
    pause: (paused: boolean) => setTail((before) => pauseTail(before, paused)),
  };
}
