"use client";

import { clsx } from "clsx";
import type { AlertList } from "#lib/contracts/alerts.ts";
import { ALERT_STATES } from "#lib/domain/alerts/alert-states.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TYPING, useAlertFilter } from "./use-alert-filter.ts";

const GROUPS = ["alertname", "service", "node", "severity", "namespace"];

/** States with their counts, words, label matchers, and what to group by. */
export function AlertFilterBar({ list }: { list: AlertList | undefined }) {
  const { filter, setFilter } = useAlertFilter();
  return (
    <search className="flex min-w-0 flex-wrap gap-2">
      <div role="group" aria-label="State" className="flex flex-wrap gap-1">
        {ALERT_STATES.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={filter.status === state}
            onClick={() => void setFilter({ status: filter.status === state ? null : state })}
            className={clsx(
              "rounded-control inline-flex h-7.5 items-center gap-1.5 border px-2.5 max-sm:h-9",
              filter.status === state ? "border-accent text-ink" : "border-line text-dim hover:text-ink",
            )}
          >
            {state}
            <span className="text-faint">{list ? writeCount(list.counts[state]) : ""}</span>
          </button>
        ))}
      </div>
      <Input
        data-filter=""
        type="search"
        aria-label="Filter alerts"
        placeholder="Filter by name, summary or label"
        className="w-full sm:w-60"
        value={filter.q}
        onChange={(event) => void setFilter({ q: event.target.value || null }, TYPING)}
      />
      <Input
        type="search"
        aria-label="Label matchers"
        placeholder={'severity="critical", node=~"ai.*"'}
        className="w-full font-mono sm:w-64"
        value={filter.match}
        onChange={(event) => void setFilter({ match: event.target.value || null }, TYPING)}
      />
      <Select
        aria-label="Group by"
        choices={[
          { value: "", label: "not grouped" },
          ...GROUPS.map((label) => ({ value: label, label: `by ${label}` })),
        ]}
        value={filter.groupBy ?? ""}
        onChange={(event) => void setFilter({ groupBy: event.target.value || null })}
      />
    </search>
  );
}
