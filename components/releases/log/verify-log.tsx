"use client";

import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { verifyDecisions } from "#lib/client/decisions.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { DecisionsVerdict } from "#lib/contracts/decisions.ts";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { shortHash } from "../release-words.ts";

/** Asks whether every record still is what was written. */
export function VerifyLog() {
  const mutation = useMutation({ mutationFn: verifyDecisions });
  return (
    <span className="flex flex-wrap items-center gap-3">
      <span role="status" className="empty:hidden">
        {mutation.data && <Verdict verdict={mutation.data} />}
        {mutation.error && <span className="text-warning">{problemOf(mutation.error).detail}</span>}
      </span>
      <Button className="max-sm:h-10" disabled={mutation.isPending} onClick={() => mutation.mutate()}>
        <ShieldCheck size={14} aria-hidden="true" />
        Verify
      </Button>
    </span>
  );
}

function Verdict({ verdict: { ok, records, head, firstBroken } }: { verdict: DecisionsVerdict }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 font-medium ${ok ? "text-healthy" : "text-exhausted"}`}
    >
      <StatusIcon status={ok ? "healthy" : "exhausted"} />
      {ok
        ? `${records} records are as they were written${head === null ? "" : `, head ${shortHash(head)}`}`
        : `record ${firstBroken?.seq ?? "?"} is broken: ${firstBroken?.why ?? "unknown"}`}
    </span>
  );
}
