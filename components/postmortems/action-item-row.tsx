"use client";

import { ExternalLink } from "lucide-react";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { patchActionItem } from "#lib/client/postmortems.queries.ts";
import { webAddress } from "#lib/client/web-address.ts";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { useMay } from "#components/shell/me.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { personName } from "./postmortem-words.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { useItemChange } from "./use-item-change.ts";

const ActionItemDialog = dynamic(() =>
  import("./action-item-dialog.tsx").then((module) => module.ActionItemDialog),
);

/** One action item; its mark is a box to tick. `of` names its incident where that is not plain. */
export function ActionItemRow({ item, of }: { item: ActionItem; of?: ReactNode }) {
  const mayWrite = useMay("incidents:write");
  const [editing, setEditing] = useState(false);
  const change = useItemChange((done: boolean) =>
    patchActionItem({ item: item.id, version: item.version, done }),
  );
  const done = item.doneAt !== null;
  return (
    <li className="border-line-soft grid gap-1 border-t py-2 first:border-t-0">
      <div className="flex items-start gap-2.5">
        <input
          type="checkbox"
          aria-label={`Done: ${item.text}`}
          className="accent-accent mt-0.5 size-4 flex-none max-sm:size-5"
          checked={done}
          disabled={!mayWrite || change.isPending}
          onChange={() => change.mutate(!done)}
        />
        <div className="min-w-0 flex-1">
          <p className={done ? "text-faint break-words line-through" : "break-words"}>{item.text}</p>
          <p className="text-small text-faint flex flex-wrap gap-x-2.5">
            {of}
            <bdi>{item.owner === null ? "no owner" : personName(item.owner)}</bdi>
            <Due item={item} />
            <TrackerLink link={item.link} />
          </p>
        </div>
        {mayWrite && (
          <Button variant="ghost" onClick={() => setEditing(true)}>
            Edit
          </Button>
        )}
      </div>
      {change.error && <ProblemNotice problem={problemOf(change.error)} />}
      {editing && (
        <ActionItemDialog incidentId={item.incident.id} item={item} onClose={() => setEditing(false)} />
      )}
    </li>
  );
}

function Due({ item: { dueAt, overdue } }: { item: ActionItem }) {
  const { timeZone } = usePreferences().preferences;
  if (dueAt === null) return <span>no date</span>;
  return (
    <time
      dateTime={dueAt}
      title={formatUtc(dueAt)}
      className={overdue ? "text-warning inline-flex items-center gap-1 font-medium" : undefined}
    >
      {overdue && <StatusIcon status="warning" />}
      {overdue ? "overdue since" : "due"} {formatTime(dueAt, "date", timeZone)}
    </time>
  );
}

function TrackerLink({ link }: { link: string | null }) {
  const address = link === null ? null : webAddress(link);
  if (address === null) return null;
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent rounded-chip inline-flex items-center gap-1"
    >
      <ExternalLink size={11} aria-hidden="true" />
      {new URL(address).hostname}
    </a>
  );
}
