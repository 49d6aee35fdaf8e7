"use client";

import { MoreHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { transitIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import type { Transition } from "#lib/domain/incidents/lifecycle.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { useMay } from "#components/shell/me.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { RoleMenu } from "../actions/role-menu.tsx";
import { useIncidentChange } from "../actions/use-incident-change.ts";
import { nextTransition, WORD_OF_TRANSITION } from "../incident-words.ts";
import { PhaseWord } from "../phase-word.tsx";
import { ResponseClock } from "../response-clock.tsx";
import type { KnownPerson } from "../use-known-people.ts";
import { RelatedIncidents } from "./related-incidents.tsx";

const MergeDialog = dynamic(() => import("../actions/merge-dialog.tsx").then((module) => module.MergeDialog));
const SeverityDialog = dynamic(() =>
  import("../actions/severity-dialog.tsx").then((module) => module.SeverityDialog),
);
const TitleDialog = dynamic(() => import("../actions/title-dialog.tsx").then((module) => module.TitleDialog));
const TransitionDialog = dynamic(() =>
  import("../actions/transition-dialog.tsx").then((module) => module.TransitionDialog),
);

interface IncidentHeaderProps {
  incident: IncidentDetail;
  people: readonly KnownPerson[];
}

type Opened =
  | { kind: "severity" | "title" }
  | { kind: "merge"; into?: string }
  | { kind: "step"; transition: Transition };

/** Steps that are asked about first: they end something, or begin it anew. */
const ASKED: ReadonlySet<Transition> = new Set(["resolve", "reopen", "close"]);

/** How grave it is and how it stands, who does what, and the one thing to do next. */
export function IncidentHeader({ incident, people }: IncidentHeaderProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <section aria-label="State" className="grid gap-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <SeverityChip severity={incident.severity} />
        <PhaseWord phase={incident.phase} closed={incident.closedAt !== null} />
        <ResponseClock respondBy={incident.respondBy} />
        <span className="text-faint">{incident.id}</span>
        {incident.closedAt !== null && (
          <Link
            href={`/incidents/${encodeURIComponent(incident.id)}/postmortem`}
            className="text-accent rounded-chip underline"
          >
            Post-mortem
          </Link>
        )}
        <p className="text-lead font-semibold break-words max-sm:basis-full sm:hidden">
          {harmlessText(incident.title)}
        </p>
        <span className="ml-auto flex flex-wrap items-center gap-2 max-sm:hidden">
          <NextStep incident={incident} onAsk={(transition) => setOpened({ kind: "step", transition })} />
          <MoreMenu incident={incident} onOpen={setOpened} />
        </span>
      </div>
      {incident.mergedInto !== null && (
        <p className="text-dim">
          It is part of{" "}
          <Link
            href={`/incidents/${encodeURIComponent(incident.mergedInto)}`}
            className="text-accent rounded-chip underline"
          >
            {incident.mergedInto}
          </Link>
          : whatever is to be done is done there.
        </p>
      )}
      <RelatedIncidents related={incident.related} onMerge={(into) => setOpened({ kind: "merge", into })} />
      <div className="flex flex-wrap gap-2">
        {(["commander", "communications", "scribe"] as const).map((role) => (
          <RoleMenu key={role} role={role} incident={incident} people={people} />
        ))}
      </div>
      <div className="border-line bg-panel fixed inset-x-0 bottom-(--bottom-bar-height) z-20 flex items-center gap-2 border-t px-3.5 py-2 sm:hidden">
        <NextStep incident={incident} onAsk={(transition) => setOpened({ kind: "step", transition })} wide />
        <MoreMenu incident={incident} onOpen={setOpened} />
      </div>
      {opened?.kind === "step" && (
        <TransitionDialog incident={incident} transition={opened.transition} onClose={close} />
      )}
      {opened?.kind === "severity" && <SeverityDialog incident={incident} onClose={close} />}
      {opened?.kind === "title" && <TitleDialog incident={incident} onClose={close} />}
      {opened?.kind === "merge" && <MergeDialog incident={incident} into={opened.into} onClose={close} />}
    </section>
  );
}

interface NextStepProps {
  incident: IncidentDetail;
  onAsk: (transition: Transition) => void;
  /** Fills the room it has, within reach of a thumb. */
  wide?: boolean;
}

/** The one next thing to do, as the big button. */
function NextStep({ incident, onAsk, wide = false }: NextStepProps) {
  const change = useIncidentChange((transition: Transition) =>
    transitIncident({ id: incident.id, transition }),
  );
  const next = nextTransition(incident.possible, incident.phase);
  if (next === null) return wide ? <span className="text-dim flex-1">Nothing is left to do</span> : null;
  // It is closed by its post-mortem, or by the waiver of it.
  if (next === "close") return <PostmortemLink id={incident.id} wide={wide} />;
  return (
    <span className={wide ? "min-w-0 flex-1" : "inline-flex items-center gap-2"}>
      {change.problem && (
        <span role="alert" className="text-small text-critical block pb-1">
          {change.problem.detail}
        </span>
      )}
      <GuardedButton
        action="incidents:write"
        variant="primary"
        className={wide ? "text-body h-11 w-full justify-center" : "h-9 px-4"}
        disabled={change.isPending}
        onClick={() => (ASKED.has(next) ? onAsk(next) : change.mutate(next))}
      >
        {WORD_OF_TRANSITION[next]}
      </GuardedButton>
    </span>
  );
}

function PostmortemLink({ id, wide }: { id: string; wide: boolean }) {
  return (
    <Link
      href={`/incidents/${encodeURIComponent(id)}/postmortem`}
      className={`rounded-control bg-accent text-accent-ink inline-flex items-center font-medium ${wide ? "text-body h-11 flex-1 justify-center" : "h-9 px-4"}`}
    >
      Post-mortem
    </Link>
  );
}

interface MoreMenuProps {
  incident: IncidentDetail;
  onOpen: (opened: Opened) => void;
}

/** Everything else that may be done. */
function MoreMenu({ incident, onOpen }: MoreMenuProps) {
  const may = useMay("incidents:write");
  if (!may || incident.mergedInto !== null) return null;
  const next = nextTransition(incident.possible, incident.phase);
  const trigger = (
    <Button size="icon" aria-label="More to do" className="max-sm:size-11 sm:size-9">
      <MoreHorizontal size={16} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {incident.possible
        .filter((transition) => transition !== next)
        .map((transition) => (
          <MenuItem key={transition} onSelect={() => onOpen({ kind: "step", transition })}>
            {WORD_OF_TRANSITION[transition]}
          </MenuItem>
        ))}
      <MenuItem onSelect={() => onOpen({ kind: "severity" })}>Change severity</MenuItem>
      <MenuItem onSelect={() => onOpen({ kind: "title" })}>Rename</MenuItem>
      <MenuItem onSelect={() => onOpen({ kind: "merge" })}>Merge into another</MenuItem>
    </Menu>
  );
}
