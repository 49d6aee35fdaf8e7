"use client";

import { Download, Printer } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { postmortemPath } from "#lib/client/postmortems.queries.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Link } from "#components/ui/link.tsx";
import { nextStep, personName, stateInWords } from "./postmortem-words.ts";
import { PublishButton } from "./publish-button.tsx";
import type { PostmortemEdit } from "./use-postmortem.ts";

const WaiveDialog = dynamic(() => import("./waive-dialog.tsx").then((module) => module.WaiveDialog));

const LINK =
  "rounded-control border-line text-dim hover:border-line-strong hover:text-ink inline-flex h-7.5 items-center gap-1.5 border px-2.5";

/** Of which incident, how it stands, and what can be done with it. */
export function PostmortemHeader({ edit }: { edit: PostmortemEdit }) {
  const { newest, dirty, maySave, unsettled, save } = edit;
  const { incident, state, by, at } = newest;
  const [waiving, setWaiving] = useState(false);
  const over = incident.resolvedAt !== null;
  return (
    <div className="grid gap-2.5">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <SeverityChip severity={incident.severity} />
        <Link href={`/incidents/${encodeURIComponent(incident.id)}`} className="rounded-chip font-medium">
          {harmlessText(incident.title)}
        </Link>
        <span className="text-faint">{incident.id}</span>
      </p>
      <p>
        <span className="font-medium">{stateInWords(newest)}</span>
        {at !== null && (
          <span className="text-faint">
            {" "}
            by {personName(by)}, <Age at={at} />
          </span>
        )}
        <span className="text-dim block max-w-prose">{nextStep(newest)}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <GuardedButton
          action="incidents:write"
          variant="primary"
          disabled={!maySave}
          onClick={() => save.mutate(false)}
        >
          {dirty || newest.version === 0 ? "Save" : "Saved"}
        </GuardedButton>
        {state !== "review" && state !== "published" && (
          <GuardedButton
            action="incidents:write"
            disabled={save.isPending || unsettled > 0}
            onClick={() => save.mutate(true)}
          >
            Save and ask for a review
          </GuardedButton>
        )}
        {over && <PublishButton edit={edit} />}
        {over && incident.closedAt === null && (
          <GuardedButton action="incidents:write" onClick={() => setWaiving(true)}>
            Waive
          </GuardedButton>
        )}
        <span className="flex gap-2 sm:ml-auto">
          <a className={LINK} href={postmortemPath(incident.id, ".html")} target="_blank" rel="noopener">
            <Printer size={14} aria-hidden="true" />
            Print or PDF
          </a>
          <a className={LINK} href={postmortemPath(incident.id, ".md")} download>
            <Download size={14} aria-hidden="true" />
            Markdown
          </a>
        </span>
      </div>
      {waiving && <WaiveDialog edit={edit} onClose={() => setWaiving(false)} />}
    </div>
  );
}
