import type { Metadata } from "next";
import { AuditSettings } from "#components/audit/audit-settings.tsx";
import { auditFilter, type AuditParams } from "#lib/client/audit-filter.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import { listAudit } from "#lib/server/services/audit/list.ts";
import { pageActor } from "../../page-actor.ts";

export const metadata: Metadata = { title: "Audit" };
interface Props {
  searchParams: Promise<Record<keyof AuditParams, string | string[] | undefined>>;
}

export default async function AuditPage({ searchParams }: Props) {
  const actor = await pageActor();
  const params = await searchParams;
  const texts = Object.entries(params).filter(([, value]) => typeof value === "string");
  const filter = auditFilter(Object.fromEntries(texts));
  const page = permits(actor, "audit:read") ? await listAudit(actor, filter).catch(() => null) : null;
  return <AuditSettings first={page ? { filter, page } : undefined} />;
}
