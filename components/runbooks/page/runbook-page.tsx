"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import { type QueryBlock, variablesOf } from "#lib/domain/runbooks/query-block.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { SubjectChoice } from "#components/shell/subject-choice.tsx";
import type { FenceRenderer } from "#components/ui/markdown-content.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { RunbookActions } from "../actions/runbook-actions.tsx";
import { LiveBlock, type RenderLogs } from "./live-block.tsx";
import { RunbookVersions } from "./runbook-versions.tsx";

interface RunbookPageProps {
  runbook: Runbook;
  blocks: readonly QueryBlock[];
  /** Log lines belong to another feature. */
  renderLogs: RenderLogs;
}

/** What to do when an alert fires, with what it is like now in between. */
export function RunbookPage({ runbook, blocks, renderLogs }: RunbookPageProps) {
  const renderFence: FenceRenderer = (language, code) => {
    const found = blocks.find((one) => one.language === language && one.code.trim() === code.trim());
    return found ? <LiveBlock block={found} renderLogs={renderLogs} /> : null;
  };
  return (
    <>
      <Head runbook={runbook} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <article
          aria-label={runbook.title}
          className="rounded-panel border-line-soft bg-panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 border px-5 py-4 max-sm:px-3.5"
        >
          <SubjectChoice variables={variablesOf(blocks)} />
          <Markdown text={runbook.markdown} renderFence={renderFence} />
        </article>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <RunbookActions about={{ runbook: runbook.name }} />
          <RunbookVersions runbook={runbook} />
        </div>
      </div>
    </>
  );
}

function Head({ runbook: { name, alerts, template, version, changedAt, changedBy } }: { runbook: Runbook }) {
  const router = useRouter();
  const others = alerts.filter((alert) => alert !== name);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <p className="text-dim min-w-0 flex-1 break-words">
        For the alert <span className="text-ink">{name}</span>
        {others.length > 0 && ` and for ${others.join(", ")}`}.{" "}
        {template || changedAt === null ? (
          "It comes with Burnline; nobody changed it yet."
        ) : (
          <>
            Version {version} by <bdi>{changedBy?.name ?? "somebody who is gone"}</bdi> <Age at={changedAt} />
          </>
        )}
      </p>
      <GuardedButton
        action="runbooks:write"
        className="max-sm:h-9"
        onClick={() => router.push(`/alerts/runbooks/${encodeURIComponent(name)}/edit`)}
      >
        <Pencil size={14} aria-hidden="true" />
        Edit
      </GuardedButton>
    </div>
  );
}
