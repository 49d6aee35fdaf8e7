import type { AuditSink } from "#lib/contracts/audit.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Age } from "#components/shell/moment.tsx";
import { StatusIcon } from "#components/shell/status.tsx";

/** How sending goes: up to date, behind, or failing and why. */
export function SinkState({ sink }: { sink: AuditSink }) {
  const { url, sentSeq, pending, lastError, failedSince } = sink;
  const failing = failedSince !== null;
  // Green only once all there is has been taken.
  const status = failing ? "warning" : pending > 0 ? "attention" : "healthy";
  const waiting = `${pending.toLocaleString("en")} waiting`;
  return (
    <div className="flex items-baseline gap-2.5">
      <span className="translate-y-px">
        <StatusIcon status={status} />
      </span>
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{harmlessText(url)}</p>
        {failing && (
          <p className="text-warning wrap-anywhere">
            <Age at={failedSince} prefix="First failed " />: {harmlessText(lastError ?? "no reason kept")}
          </p>
        )}
        <p className="text-dim">
          {sentSeq === 0 ? "Nothing sent yet" : `Sent up to record ${sentSeq.toLocaleString("en")}`}
          {pending > 0 ? `, ${waiting}` : ", none waiting"}. Signed with a secret that is not shown.
        </p>
      </div>
    </div>
  );
}
