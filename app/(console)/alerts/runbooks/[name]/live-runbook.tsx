"use client";

import type { ComponentProps } from "react";
import { LinkedLines } from "#components/logs/linked-lines.tsx";
import { RunbookPage } from "#components/runbooks/page/runbook-page.tsx";

interface LiveRunbookProps extends Omit<ComponentProps<typeof RunbookPage>, "renderLogs"> {
  traceUrl: string | null;
}

/** Where runbooks and log lines meet. */
export function LiveRunbook({ traceUrl, ...props }: LiveRunbookProps) {
  return (
    <RunbookPage
      {...props}
      renderLogs={(lines, label, query) => (
        <LinkedLines lines={lines} label={label} query={query} traceUrl={traceUrl} />
      )}
    />
  );
}
