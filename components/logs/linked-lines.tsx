"use client";

import { useRouter } from "next/navigation";
import { logsPath } from "#lib/client/log-view.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";
import type { FieldFilter } from "#lib/domain/logql/edit-query.ts";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { LogList } from "./log-list.tsx";

interface LinkedLinesProps {
  lines: readonly LogLine[];
  label: string;
  /** The query that found them. */
  query: string;
  traceUrl: string | null;
  /** The range they are of, where it is not the page's. */
  range?: TimeRange;
}

/** Lines on another page than Logs: filters, and what stands around a line, lead there. */
export function LinkedLines({ lines, label, query, traceUrl, range }: LinkedLinesProps) {
  const router = useRouter();
  const page = useTimeRange();
  const pathOf = (wanted: string, line?: LogLine) =>
    logsPath(wanted, range ?? page.range, line && lineAddress(line));
  // The grammar of queries is large, and only needed by whoever filters.
  const filterBy = async (filter: FieldFilter) => {
    const { addFieldFilter } = await import("#lib/domain/logql/edit-query.ts");
    router.push(pathOf(addFieldFilter(query, filter)));
  };
  return (
    <LogList
      lines={lines.map((line) => ({ line, repeats: 0 }))}
      label={label}
      wrap={false}
      className="max-h-96"
      actions={{
        onFilter: (filter) => void filterBy(filter),
        onContext: (line) => router.push(pathOf(query, line)),
        linkTo: (line) => new URL(pathOf(query, line), window.location.href).href,
        traceUrl,
      }}
    />
  );
}
