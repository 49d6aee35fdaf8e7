"use client";

import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { verifyAudit } from "#lib/client/audit.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { AuditVerdict } from "#lib/contracts/audit.ts";
import { ErrorState } from "#components/shell/states.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "./section.tsx";

/** Checks on demand that no record was changed, removed or put in. */
export function ChainSection() {
  const check = useMutation({ mutationFn: verifyAudit });
  const verify = () => check.mutate();
  return (
    <Section
      title="Is the log whole?"
      busy={check.isPending}
      actions={
        <Button onClick={verify} disabled={check.isPending}>
          <ShieldCheck size={14} aria-hidden="true" />
          {check.isPending ? "Verifying" : "Verify the chain"}
        </Button>
      }
    >
      <div role="status">
        {check.data && <Verdict verdict={check.data} />}
        {check.isError && <ErrorState problem={problemOf(check.error)} onRetry={verify} />}
        {check.isIdle && (
          <p className="text-dim max-w-prose">
            Each record carries the hash of the one before it. Verifying walks all of them and names the first
            that was changed, removed or put in.
          </p>
        )}
      </div>
    </Section>
  );
}

/** What the walk came to. */
export function Verdict({ verdict: { ok, records, head, firstBroken } }: { verdict: AuditVerdict }) {
  const count = `${records.toLocaleString("en")} ${records === 1 ? "record" : "records"}`;
  return (
    <div className="flex items-baseline gap-2.5">
      <span className="translate-y-px">
        <StatusIcon status={ok ? "healthy" : "critical"} />
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          {ok ? `The chain is whole: ${count}` : `Broken at record ${firstBroken?.seq ?? records + 1}`}
        </p>
        {firstBroken && (
          <p className="text-dim">
            {firstBroken.why}. The {count} before it are as they were written.
          </p>
        )}
        {head !== null && (
          <p className="text-dim mt-0.5">
            {ok ? "Keep its head elsewhere, to see later whether the end was cut off: " : "Last good hash: "}
            <code className="text-small font-mono wrap-anywhere">{head}</code>
          </p>
        )}
      </div>
    </div>
  );
}
