"use client";

import type { AuditFilter, AuditPage } from "#lib/contracts/audit.ts";
import { useRefusal } from "#components/shell/me.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { AuditLog } from "./audit-log.tsx";
import { ChainSection } from "./chain-section.tsx";
import { SinkSection } from "./sink-section.tsx";

interface AuditSettingsProps {
  /** What the server read for the filter of the page's address. */
  first?: { filter: AuditFilter; page: AuditPage };
}

/** The audit log with its verdict and where it is sent, for those who may read it. */
export function AuditSettings({ first }: AuditSettingsProps) {
  const refused = useRefusal("audit:read");
  if (refused) {
    const problem = {
      type: "urn:burnline:error:forbidden",
      title: "Not allowed",
      status: 403,
      code: "forbidden" as const,
      detail: refused.detail,
      requestId: "",
    };
    return <ForbiddenState problem={problem} />;
  }
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ChainSection />
        <SinkSection />
      </div>
      <AuditLog first={first} />
    </>
  );
}
