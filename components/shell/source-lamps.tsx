"use client";

import type { ReactNode } from "react";
import type { SourceLamp } from "#lib/contracts/cluster.ts";
import { compareStatus, type Status } from "#lib/domain/status/status.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Age } from "./moment.tsx";
import { usePanel } from "./page-panels.tsx";
import { StatusIcon } from "./status.tsx";

const STATUS_OF_STATE: Record<SourceLamp["state"], Status> = {
  ok: "healthy",
  slow: "warning",
  down: "critical",
  not_configured: "no_data",
};
const WORD_OF_STATE: Record<SourceLamp["state"], string> = {
  ok: "ok",
  slow: "slow",
  down: "down",
  not_configured: "not set up",
};
const LABELS: Record<SourceLamp["kind"], string> = {
  prometheus: "Prometheus",
  loki: "Loki",
  alertmanager: "Alertmanager",
  database: "Database",
};

/** One lamp per source; the page's own request brings them. */
export function SourceLamps() {
  const view = usePanel("sources.lamps");
  const unreachable = view.state === "failed" || (view.state === "ready" && view.stale !== null);
  const lamps = view.state === "ready" ? view.data : [];
  const troubled = lamps.filter((lamp) => lamp.state !== "ok");
  const worst = unreachable ? "no_data" : worstOf(lamps);
  const summary = unreachable ? "Sources unknown" : sourcesInWords(lamps);
  const trigger = (
    <Button aria-label={`Sources: ${summary}`} className="gap-2">
      <span className="flex items-center gap-1.5 xl:hidden">
        <StatusIcon status={worst} />
        <span className="max-sm:hidden">Sources</span>
      </span>
      <span className="flex items-center gap-2.5 max-xl:hidden">
        {lamps.length === 0 && <Lamp status="no_data" text="Sources" />}
        {lamps.map((lamp) => (
          <Lamp
            key={`${lamp.kind} ${lamp.name}`}
            status={unreachable ? "no_data" : STATUS_OF_STATE[lamp.state]}
            text={LABELS[lamp.kind]}
          >
            <LampTrouble lamp={lamp} withAge={troubled.length === 1} />
          </Lamp>
        ))}
      </span>
    </Button>
  );
  return (
    <Popover trigger={trigger} label="Sources">
      <ul className="grid w-72 gap-2.5">
        {unreachable && <li className="text-warning">Burnline itself does not answer; last known:</li>}
        {lamps.map((lamp) => (
          <LampDetails key={`${lamp.kind} ${lamp.name}`} lamp={lamp} />
        ))}
      </ul>
    </Popover>
  );
}

function Lamp({ status, text, children }: { status: Status; text: string; children?: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <StatusIcon status={status} />
      {text}
      {children}
    </span>
  );
}

/** A word beside a lamp that is not green; the age of its last answer where there is room for it. */
function LampTrouble({ lamp, withAge }: { lamp: SourceLamp; withAge: boolean }) {
  if (lamp.state === "ok") return null;
  return (
    <span>
      {WORD_OF_STATE[lamp.state]}
      {withAge && lamp.state === "down" && lamp.lastSeenAt !== null && (
        <Age at={lamp.lastSeenAt} prefix=", seen " />
      )}
    </span>
  );
}

function LampDetails({ lamp }: { lamp: SourceLamp }) {
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-center gap-x-2">
      <StatusIcon status={STATUS_OF_STATE[lamp.state]} />
      <span>
        {LABELS[lamp.kind]}
        {lamp.name !== "default" && <span className="text-faint"> {lamp.name}</span>}
      </span>
      <span className="text-dim">
        {WORD_OF_STATE[lamp.state]}
        {lamp.latencyMs !== null &&
          lamp.state !== "down" &&
          ` · ${formatFigure(lamp.latencyMs / 1000, "seconds")}`}
      </span>
      {lamp.state !== "ok" && lamp.lastSeenAt !== null && (
        <span className="text-small text-faint col-span-2 col-start-2">
          <Age at={lamp.lastSeenAt} prefix="last answer " />
        </span>
      )}
      {lamp.error !== null && (
        <span className="text-small text-critical col-span-2 col-start-2 break-words">{lamp.error}</span>
      )}
    </li>
  );
}

function worstOf(lamps: readonly SourceLamp[]): Status {
  const set = lamps
    .filter((lamp) => lamp.state !== "not_configured")
    .map((lamp) => STATUS_OF_STATE[lamp.state]);
  return set.sort(compareStatus)[0] ?? "no_data";
}

function sourcesInWords(lamps: readonly SourceLamp[]): string {
  return (
    lamps.map((lamp) => `${LABELS[lamp.kind]} ${WORD_OF_STATE[lamp.state]}`).join(", ") || "not known yet"
  );
}
