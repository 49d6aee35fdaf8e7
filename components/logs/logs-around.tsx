"use client";

import { useQuery } from "@tanstack/react-query";
import { measuredView } from "#lib/client/measured-view.ts";
import { measuredLines } from "#lib/client/logs.queries.ts";
import { logSelector } from "#lib/domain/logql/log-query.ts";
import { LogsFrame } from "./logs-panel.tsx";

const LINES = 100;
const REFRESH_MS = 30_000;
const MAX_SPAN_MS = 30 * 86_400_000;

interface LogsAroundProps {
  service: string | null;
  node: string | null;
  /** ISO 8601; without an end it goes on, and the newest lines are asked for again and again. */
  from: string;
  to: string | null;
  traceUrl: string | null;
}

/** The log lines of a service or a node over a span of its own, as an incident has one. */
export function LogsAround({ service, node, from, to, traceUrl }: LogsAroundProps) {
  const labels = { ...(service !== null && { service }), ...(node !== null && { node }) };
  const query = logSelector(labels);
  const open = to === null;
  const answer = useQuery({
    ...measuredLines({ query, from, to, limit: LINES }),
    refetchInterval: open && REFRESH_MS,
  });
  const end =
    to ??
    new Date(
      Math.min(answer.dataUpdatedAt || Date.parse(from), Date.parse(from) + MAX_SPAN_MS),
    ).toISOString();
  const range = Date.parse(end) > Date.parse(from) ? { from, to: end } : { lastSeconds: 3_600 };
  return (
    <LogsFrame
      title="Logs around it"
      view={measuredView(answer)}
      labels={labels}
      range={range}
      traceUrl={traceUrl}
    />
  );
}
