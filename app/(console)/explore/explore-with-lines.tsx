"use client";

import type { ComponentProps } from "react";
import { ExplorePage } from "#components/explore/explore-page.tsx";
import { LinkedLines } from "#components/logs/linked-lines.tsx";

/** Where Explore and log lines meet. */
export function ExploreWithLines(props: Omit<ComponentProps<typeof ExplorePage>, "renderLines">) {
  return (
    <ExplorePage
      {...props}
      renderLines={(lines, query, range) => (
        <LinkedLines lines={lines} label="Log lines" query={query} range={range} traceUrl={props.traceUrl} />
      )}
    />
  );
}
