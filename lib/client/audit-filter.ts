import type { AuditFilter } from "#lib/contracts/audit.ts";

/** The filter as it stands in the page's address; days are those of UTC, the last one included. */
export type AuditParams = Partial<Record<"actor" | "action" | "resource" | "from" | "to", string | null>>;

const DAY_MS = 86_400_000;

function startOfDay(day: string | null | undefined, daysLater = 0): string | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day ?? "") ? Date.parse(`${day}T00:00:00Z`) : NaN;
  const year = new Date(ms).getUTCFullYear();
  return year >= 1 && year < 9999 ? new Date(ms + daysLater * DAY_MS).toISOString() : undefined;
}

function text(value: string | null | undefined): string | undefined {
  return value?.trim().slice(0, 200) || undefined;
}

/** What the address asks the API for; a day that is none does not narrow. */
export function auditFilter({ actor, action, resource, from, to }: AuditParams): AuditFilter {
  const wanted = {
    actor: text(actor),
    action: text(action),
    resource: text(resource),
    from: startOfDay(from),
    to: startOfDay(to, 1),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}
