"use client";

import { Download } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { metricsExportPath, SPANS_DAYS } from "#lib/client/incident-metrics.queries.ts";
import { serviceNames } from "#lib/client/names.queries.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { useNow } from "#components/shell/clock.ts";
import { Select } from "#components/ui/select.tsx";
import { useMetricsFilter } from "./use-metrics-filter.ts";

const SPAN_CHOICES = SPANS_DAYS.map((days) => ({ value: String(days), label: `last ${days} days` }));
const ANY = { value: "", label: "any severity" };
const SEVERITY_CHOICES = [ANY, ...SEVERITIES.map((value) => ({ value: value as string, label: value }))];

/** Of which time, severity and service; and the same incidents as a file. */
export function MetricsFilterBar() {
  const { filter, setFilter } = useMetricsFilter();
  const names = useQuery(serviceNames()).data ?? [];
  const nowMs = useNow();
  const services = [...new Set([...names, ...(filter.service === null ? [] : [filter.service])])].sort();
  return (
    <search className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Time"
        choices={SPAN_CHOICES}
        value={String(filter.days)}
        onChange={({ target }) =>
          void setFilter({ days: SPANS_DAYS.find((days) => String(days) === target.value) ?? null })
        }
      />
      <Select
        aria-label="Severity"
        choices={SEVERITY_CHOICES}
        value={filter.severity ?? ""}
        onChange={({ target }) =>
          void setFilter({ severity: SEVERITIES.find((severity) => severity === target.value) ?? null })
        }
      />
      <Select
        aria-label="Service"
        choices={[
          { value: "", label: "all services" },
          ...services.map((value) => ({ value, label: value })),
        ]}
        value={filter.service ?? ""}
        onChange={({ target }) => void setFilter({ service: target.value === "" ? null : target.value })}
      />
      <a
        href={nowMs === null ? undefined : metricsExportPath(filter, nowMs)}
        download
        className="rounded-control border-line text-dim hover:border-line-strong hover:text-ink ml-auto inline-flex h-7.5 items-center gap-1.5 border px-2.5 max-sm:ml-0"
      >
        <Download size={14} aria-hidden="true" />
        CSV
      </a>
    </search>
  );
}
