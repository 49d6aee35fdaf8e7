import { z } from "zod";
import { Severity } from "#lib/contracts/incident-events.ts";

/** What a list of incidents is narrowed to. */
export interface IncidentFilter {
  q?: string;
  open?: boolean;
  severity?: Severity;
  service?: string;
  node?: string;
}
export type IncidentParams = Partial<Record<keyof IncidentFilter, string | string[]>>;

const text = z.string().min(1).max(200).optional().catch(undefined);
const Params = z.object({
  q: text,
  open: z.enum(["true", "false"]).optional().catch(undefined),
  severity: Severity.optional().catch(undefined),
  service: text,
  node: text,
});

/** The filter in the address of the list; what cannot be read narrows nothing. */
export function readIncidentFilter(params: IncidentParams): IncidentFilter {
  const { open, ...rest } = Params.parse(params);
  const filter = { q: rest.q, open: open === undefined ? undefined : open === "true", ...rest };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The filter as the API takes it in a query string. */
export function incidentQueryText(filter: IncidentFilter, cursor: string | null): string {
  const { q, open, severity, service, node } = filter;
  const wanted = { q, open: open === undefined ? undefined : String(open), severity, service, node, cursor };
  const known = Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return new URLSearchParams(known as [string, string][]).toString();
}
