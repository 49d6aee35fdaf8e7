"use client";

import { clsx } from "clsx";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { formatTime } from "#lib/format/time.ts";
import { useNow } from "#components/shell/clock.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { writeSpan } from "../incident-words.ts";
import { FIGURE_OF_PHASE, ribbonOf, type RibbonPart } from "./ribbon-geometry.ts";

interface PhaseRibbonProps {
  incident: IncidentDetail;
  /** When mitigation began, in ms. */
  beganMs: number | null;
}

const LOOK: Record<RibbonPart["state"], string> = {
  past: "bg-accent/30 text-ink",
  now: "bg-accent text-accent-ink",
  skipped: "bg-accent/10 text-faint",
  ahead: "bg-accent/10 text-dim",
};

/** The way of an incident through its phases, widths by duration, with what each took under it. */
export function PhaseRibbon({ incident, beganMs }: PhaseRibbonProps) {
  const tickMs = useNow();
  // The server and the first paint have no clock: what happened last stands for now.
  const nowMs = tickMs ?? lastKnownMs(incident);
  const parts = ribbonOf(incident, beganMs, nowMs);
  return (
    <ol
      aria-label="Phases"
      className="grid gap-x-0.75 gap-y-1.5"
      style={{
        // Factors that add up to less than 1 would leave room unused.
        gridTemplateColumns: parts.map(({ share }) => `minmax(50px,${share * 100}fr)`).join(" "),
      }}
    >
      {parts.map((part) => (
        <Part key={part.phase} part={part} incident={incident} nowMs={tickMs} />
      ))}
    </ol>
  );
}

interface PartProps {
  part: RibbonPart;
  incident: IncidentDetail;
  nowMs: number | null;
}

function Part({ part, incident, nowMs }: PartProps) {
  const { timeZone } = usePreferences().preferences;
  const { phase, state, startMs, endMs } = part;
  const clock = (atMs: number | null) => formatTime(atMs, "dayClock", timeZone);
  const when = startMs === null ? undefined : `${clock(startMs)} – ${endMs === null ? "now" : clock(endMs)}`;
  return (
    <li
      aria-current={state === "now" ? "step" : undefined}
      title={when}
      className="row-span-2 grid min-w-0 grid-rows-subgrid"
    >
      <span
        className={clsx(
          "flex h-7 items-center overflow-hidden rounded-[4px] px-2.5 text-[11px] font-semibold max-sm:px-1 max-sm:text-[9px]",
          LOOK[state],
        )}
      >
        <span className="truncate">{phase}</span>
      </span>
      <span className="text-small text-dim min-w-0 break-words sm:pl-0.5">
        <PartFigure part={part} incident={incident} nowMs={nowMs} />
      </span>
    </li>
  );
}

function PartFigure({ part: { phase, state, startMs }, incident, nowMs }: PartProps) {
  const running =
    state === "now" && nowMs !== null && startMs !== null ? writeSpan((nowMs - startMs) / 1000) : null;
  if (phase === "LEARN") {
    if (incident.closedAt !== null) return "closed";
    return running === null ? notYet(state) : `for ${running}`;
  }
  const { name, meaning, of } = FIGURE_OF_PHASE[phase];
  const seconds = incident.durations[of];
  return (
    <>
      {seconds !== null && (
        <span title={meaning} className="block">
          <abbr title={meaning} className="no-underline">
            {name}
          </abbr>{" "}
          <span className="text-ink whitespace-nowrap">{writeSeconds(seconds)}</span>
        </span>
      )}
      {running !== null && <span className="block whitespace-nowrap">running {running}</span>}
      {seconds === null && running === null && <WhyNone phase={phase} state={state} />}
    </>
  );
}

const notYet = (state: RibbonPart["state"]) => (state === "skipped" ? "left out" : "not yet");

/** A phase that is over without its figure lacks one of the two times. */
function WhyNone({ phase, state }: Pick<RibbonPart, "phase" | "state">) {
  if (state !== "past" || phase === "LEARN") return notYet(state);
  return <span title="One of its two times is not known: set it below">{FIGURE_OF_PHASE[phase].name} —</span>;
}

function lastKnownMs({
  closedAt,
  resolvedAt,
  mitigatedAt,
  acknowledgedAt,
  detectedAt,
}: IncidentDetail): number {
  return Date.parse(closedAt ?? resolvedAt ?? mitigatedAt ?? acknowledgedAt ?? detectedAt);
}
