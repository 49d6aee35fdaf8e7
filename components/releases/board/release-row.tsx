"use client";

import { clsx } from "clsx";
import { OctagonX } from "lucide-react";
import type { Release } from "#lib/contracts/releases.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { useNow } from "#components/shell/clock.ts";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import {
  clearedInWords,
  laneInWords,
  leaseInWords,
  nextInWords,
  shortCommit,
  WORD_OF_STATE,
} from "../release-words.ts";
import { Told } from "../told.tsx";

/** The grid that rows and their heading share. */
const COLUMNS =
  "lg:grid lg:grid-cols-[minmax(200px,1.1fr)_64px_92px_minmax(180px,1.6fr)_minmax(150px,220px)] lg:items-center lg:gap-x-4";
const HEADS = ["Release", "Risk", "Decision", "Because"];

/** The heading of the columns, where there is room for them; `last` is what the last one tells. */
export function ReleaseListHead({ last }: { last: string }) {
  return (
    <div aria-hidden="true" className={clsx("text-small text-faint pb-1 max-lg:hidden", COLUMNS)}>
      {[...HEADS, last].map((head) => (
        <span key={head}>{head}</span>
      ))}
    </div>
  );
}

/** One release; on phones the few lines that one has to know. */
export function ReleaseRow({ release }: { release: Release }) {
  const { id, service, version, commit, lane, risk, decision, because, open } = release;
  const cleared = clearedInWords(release);
  return (
    <li
      className={clsx(
        "border-line-soft hover:bg-raised/50 focus-within:bg-raised/50 relative border-t py-2.5 lg:min-h-11 lg:py-2",
        "max-lg:flex max-lg:flex-wrap max-lg:items-start max-lg:gap-x-4 max-lg:gap-y-1",
        COLUMNS,
      )}
    >
      <span className="min-w-0 max-lg:w-full">
        <Link
          href={`/releases/${encodeURIComponent(id)}`}
          data-row-link=""
          className={clsx(
            "rounded-chip font-medium break-words after:absolute after:inset-0 after:content-['']",
            !open && "text-dim",
          )}
        >
          {service} {harmlessText(version)}
        </Link>
        <span className="text-small text-faint block break-words">
          <span className="font-mono">{shortCommit(commit)}</span>
          {lane && ` · ${harmlessText(laneInWords(lane))}`}
        </span>
      </span>
      <span className="text-dim">
        {risk ?? "—"}
        <span className="lg:hidden"> risk</span>
      </span>
      <DecisionWord decision={decision} />
      <span className="text-dim line-clamp-2 min-w-0 break-words max-lg:order-last max-lg:w-full">
        {cleared !== null && <strong className="text-ink font-medium">{harmlessText(cleared)}. </strong>}
        {because !== null && <Told>{because}</Told>}
      </span>
      <Lease release={release} />
    </li>
  );
}

function Lease({ release }: { release: Release }) {
  const nowMs = useNow();
  const { haltReason, state, open, requestedAt, deployFinishedAt } = release;
  if (haltReason !== null) {
    return (
      <strong className="text-exhausted flex items-center gap-1.5">
        <OctagonX size={14} aria-hidden="true" className="flex-none" />
        {open ? "Halt" : `${WORD_OF_STATE[state]} after a halt`}
      </strong>
    );
  }
  if (!open || state === "deploying") {
    return (
      <span className="text-dim">
        {WORD_OF_STATE[state]}{" "}
        <Age at={(state === "deploying" ? release.deployStartedAt : deployFinishedAt) ?? requestedAt} />
      </span>
    );
  }
  const inWords = state === "approved" ? leaseInWords : nextInWords;
  return <span className="text-dim">{nowMs === null ? "" : inWords(release, nowMs)}</span>;
}
