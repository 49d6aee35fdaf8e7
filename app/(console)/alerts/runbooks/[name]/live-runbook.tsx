"use client";

import type { ComponentProps } from "react";
import { LogLines } from "#components/logs/log-lines.tsx";
import { RunbookPage } from "#components/runbooks/page/runbook-page.tsx";

/** Where runbooks and log lines meet. */
export function LiveRunbook(props: Omit<ComponentProps<typeof RunbookPage>, "renderLogs">) {
  return <RunbookPage {...props} renderLogs={(lines, label) => <LogLines lines={lines} label={label} />} />;
}
