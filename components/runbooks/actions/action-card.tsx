"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ActionOffer, RunbookOffers } from "#lib/contracts/runbook-actions.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Until } from "./until.tsx";
import { approvalText } from "./action-words.ts";
import { ConditionList } from "./condition-list.tsx";
import { RunList } from "./run-list.tsx";

const KeyDialog = dynamic(() => import("./key-dialog.tsx").then((module) => module.KeyDialog));
const RunDialog = dynamic(() => import("./run-dialog.tsx").then((module) => module.RunDialog));

/** How much of the limit is used, and when the next run is free. */
function LimitUsed({ offer: { action, limit } }: { offer: ActionOffer }) {
  const { runs, perMinutes } = action.limit;
  return (
    <span className={limit.freeAt === null ? "" : "text-warning"}>
      {limit.freeAt !== null && "▲ "}
      {limit.used} of {runs} in {perMinutes} min
      {limit.freeAt !== null && <Until at={limit.freeAt} prefix=", free " />}
    </span>
  );
}

/** A guarded action: what it is, what its guards show now, what may be done, and what came of it. */
export function ActionCard({ offers, offer }: { offers: RunbookOffers; offer: ActionOffer }) {
  const { action, conditions, runs } = offer;
  const [open, setOpen] = useState<"dry" | "run" | "key" | null>(null);
  const close = () => setOpen(null);
  return (
    <article data-action={action.name} aria-label={action.title} className="grid gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="mr-auto min-w-0 max-sm:basis-full">
          <h3 className="font-medium break-words">{action.title}</h3>
          <p className="text-small text-dim">
            {approvalText(action.approvalBy)} · <LimitUsed offer={offer} />
          </p>
        </div>
        <GuardedButton action="runbooks:write" className="max-sm:h-10" onClick={() => setOpen("key")}>
          Key
        </GuardedButton>
        <GuardedButton action="actions:run" className="max-sm:h-10" onClick={() => setOpen("dry")}>
          Dry run
        </GuardedButton>
        <GuardedButton
          action="actions:run"
          variant="primary"
          className="max-sm:h-10"
          onClick={() => setOpen("run")}
        >
          Run…
        </GuardedButton>
      </header>
      <ConditionList conditions={conditions} />
      <RunList runs={runs} />
      {open === "key" && <KeyDialog runbook={offers.runbook} action={action.name} onClose={close} />}
      {(open === "dry" || open === "run") && (
        <RunDialog offers={offers} offer={offer} dryRun={open === "dry"} onClose={close} />
      )}
    </article>
  );
}
