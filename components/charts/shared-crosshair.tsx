"use client";

import { useCallback, useEffect, useSyncExternalStore } from "react";
import { ReferenceLine, type MouseHandlerDataParam } from "recharts";
import { onPoint, pointAt, pointAway, pointedElsewhere } from "./crosshair.ts";

/** The line at the moment that the pointer is over in another chart of the page; stands inside a chart of recharts. */
export function SharedCrosshair({ chart }: { chart: string }) {
  const read = useCallback(() => pointedElsewhere(chart), [chart]);
  const atMs = useSyncExternalStore(onPoint, read, () => null);
  return atMs === null ? null : <ReferenceLine x={atMs} stroke="var(--line-strong)" strokeWidth={1} />;
}

/** What a chart of recharts does when the pointer moves within it or leaves. */
export function useCrosshairOf(chart: string) {
  useEffect(() => () => pointAway(chart), [chart]);
  return {
    point: ({ activeLabel }: MouseHandlerDataParam) => {
      if (activeLabel !== undefined) pointAt({ chart, atMs: Number(activeLabel) });
    },
    leave: () => pointAway(chart),
  };
}
