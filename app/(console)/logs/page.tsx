import type { Metadata } from "next";
import { logsPage } from "#components/logs/logs-spec.ts";
import { LogsPage } from "#components/logs/logs-page.tsx";
import { readLogView } from "#lib/client/log-view.ts";
import { readPicks } from "#lib/domain/logql/edit-query.ts";
import { settings } from "#lib/server/env.ts";
import { loadPage } from "../load-page.ts";

export const metadata: Metadata = { title: "Logs" };
interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Logs({ searchParams }: Props) {
  const { q, limit } = await readLogView(searchParams);
  const spec = logsPage(q, limit);
  const { lines } = await loadPage(spec, searchParams);
  return <LogsPage initial={{ spec, lines, picks: readPicks(q) }} traceUrl={settings().traceUrl} />;
}
