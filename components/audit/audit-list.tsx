"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { AuditEntry } from "#lib/contracts/audit.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { AuditDetails } from "./audit-details.tsx";

const COLUMNS =
  "sm:grid sm:grid-cols-[1rem_10.5rem_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.4fr)] sm:gap-x-3";

/** Records, one below the other; each opens to what changed. On phones a record is a few lines of its own. */
export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <>
      <div aria-hidden="true" className={clsx(COLUMNS, "text-small text-faint pb-1.5 max-sm:hidden")}>
        <span />
        <span>Time</span>
        <span>Who</span>
        <span>Action</span>
        <span>Resource</span>
      </div>
      <ul aria-label="Audit records" data-rows="">
        {entries.map((entry) => (
          <AuditRow key={entry.seq} entry={entry} />
        ))}
      </ul>
    </>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <li className="border-line-soft border-t">
      <button
        type="button"
        data-row-link=""
        aria-expanded={open}
        aria-controls={detailsId}
        onClick={() => setOpen(!open)}
        className={clsx(
          COLUMNS,
          "hover:bg-raised/50 rounded-chip w-full items-baseline py-2 text-left -outline-offset-2 max-sm:flex max-sm:flex-wrap max-sm:gap-x-2",
        )}
      >
        <ChevronRight
          size={13}
          aria-hidden="true"
          className={clsx("text-faint flex-none translate-y-0.5", open && "rotate-90")}
        />
        <When at={entry.at} />
        <span className="min-w-0 wrap-anywhere max-sm:ml-auto">
          <Who entry={entry} />
        </span>
        <span className="min-w-0 font-medium wrap-anywhere max-sm:basis-full max-sm:pl-5.5">
          {harmlessText(entry.action)}
        </span>
        <span className="text-dim min-w-0 wrap-anywhere max-sm:basis-full max-sm:pl-5.5">
          {harmlessText(entry.resourceType)}{" "}
          <span className="text-ink">{harmlessText(entry.resourceId)}</span>
        </span>
      </button>
      <div id={detailsId} hidden={!open}>
        {open && <AuditDetails entry={entry} />}
      </div>
    </li>
  );
}

function When({ at }: { at: string }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <time dateTime={at} title={formatUtc(at)} className="text-dim whitespace-nowrap">
      {formatTime(at, "full", timeZone)}
    </time>
  );
}

/** The name of then; an id where nobody has a name, or nobody any longer. */
function Who({ entry: { actorName, actorId, actorKind } }: { entry: AuditEntry }) {
  const shown = actorName === null ? actorId : actorName;
  const kind = actorKind === "person" ? "" : actorKind;
  return (
    <>
      <span className={clsx(actorName === null && "text-dim font-mono")}>{harmlessText(shown)}</span>
      {kind !== "" && kind !== shown && <span className="text-small text-faint"> {harmlessText(kind)}</span>}
    </>
  );
}
