import { SEVERITIES, type Severity } from "#lib/domain/incidents/severity.ts";
import { choiceParam, known, textParam } from "./read-param.ts";

/** What a list of incidents is narrowed to. */
export interface IncidentFilter {
  q?: string;
  open?: boolean;
  severity?: Severity;
  service?: string;
  node?: string;
}
export type IncidentParams = Partial<Record<keyof IncidentFilter, string | string[]>>;

/** The filter in the address of the list; what cannot be read narrows nothing. */
export function readIncidentFilter(params: IncidentParams): IncidentFilter {
  const open = choiceParam(["true", "false"], params.open);
  return known({
    q: textParam(params.q),
    open: open === undefined ? undefined : open === "true",
    severity: choiceParam(SEVERITIES, params.severity),
    service: textParam(params.service),
    node: textParam(params.node),
  });
}

/** The filter as the API takes it in a query string. */
export function incidentQueryText(filter: IncidentFilter, cursor: string | null): string {
  const { q, open, severity, service, node } = filter;
  const wanted = { q, open: open === undefined ? undefined : String(open), severity, service, node, cursor };
  const given = Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(given as [string, string][]).toString();
}
