"use client";

import type { ReactNode } from "react";
import type { Problem } from "#lib/contracts/problem.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { differencesBetween } from "./editor-definition.ts";
import type { Conflict } from "./use-slo-form.ts";
import type { EditedSlo } from "./use-slo-saving.ts";

function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="alert" className="rounded-control border-warning bg-panel min-w-0 border px-3 py-2">
      <p className="font-medium">{title}</p>
      {children}
    </div>
  );
}

const MAX_SHOWN = 12;

/** What differs between two definitions, field by field. */
function Differences({ before, after }: { before: SloDefinition | null; after: SloDefinition }) {
  const changes = differencesBetween(before, after);
  return (
    <ul className="text-dim mt-1">
      {changes.slice(0, MAX_SHOWN).map(([path, was, is]) => (
        <li key={path} className="break-words">
          <code className="font-mono text-[12px]">{path}</code>: {was || "not set"} →{" "}
          <span className="text-ink">{is || "not set"}</span>
        </li>
      ))}
      {changes.length > MAX_SHOWN && <li>and {changes.length - MAX_SHOWN} more</li>}
    </ul>
  );
}

interface EditorNoticesProps {
  slo: EditedSlo | null;
  /** Why the server refused. */
  problem: Problem | null;
  conflict: Conflict | null;
}

/** What one has to know before typing on: files rule, a draft waits, the server refused. */
export function EditorNotices({ slo, problem, conflict }: EditorNoticesProps) {
  return (
    <>
      {slo?.fromFile && (
        <Notice title="Read only">
          <p className="text-dim">{slo.key} comes from a file. Change the file; it is read again at once.</p>
        </Notice>
      )}
      {slo?.draft && <DraftNotice before={slo.inForce} {...slo.draft} />}
      {problem && (
        <Notice title={problem.title}>
          <p className="text-dim break-words">{problem.detail}</p>
          {conflict && (
            <>
              <Differences before={conflict.before} after={conflict.now} />
              <p className="text-dim mt-1">
                What you typed is kept. Saving again puts it in place of these changes.
              </p>
            </>
          )}
        </Notice>
      )}
    </>
  );
}

function DraftNotice({
  by,
  before,
  definition,
}: { before: SloDefinition | null } & NonNullable<EditedSlo["draft"]>) {
  return (
    <Notice title={`${before === null ? "A draft" : "A draft of a change"} by ${by}, not in force yet`}>
      {before && <Differences before={before} after={definition} />}
    </Notice>
  );
}
