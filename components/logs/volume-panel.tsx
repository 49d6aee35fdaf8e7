"use client";

import { clsx } from "clsx";
import type { SeriesData } from "#lib/contracts/series.ts";
import { LOG_LEVELS, type LogLevel } from "#lib/domain/logs/levels.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { VolumeBars } from "#components/charts/volume-bars.tsx";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { StatusIcon } from "#components/shell/status.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { levelFill, STATUS_OF_LEVEL } from "./level-look.ts";
import type { QueryEditing } from "./use-query-editing.ts";
import { linesOf, totalLines } from "./volume-sums.ts";

interface VolumePanelProps {
  editing: QueryEditing;
}

/** How many lines the query finds over the range, by level; dragging narrows the range. */
export function VolumePanel({ editing }: VolumePanelProps) {
  const view = usePanel("query.log-volume");
  const { setRange } = useTimeRange();
  const data = view.state === "ready" ? view.data : null;
  return (
    <PanelFrame
      anchor="volume"
      title={data ? titleOf(data) : "Lines by level"}
      view={view}
      skeleton={<Skeleton className="h-34" />}
    >
      {(volume) => (
        <>
          <VolumeBars
            data={quietestFirst(volume)}
            label="Lines by level"
            colorOf={levelFill}
            onZoom={setRange}
          />
          <Levels volume={volume} editing={editing} />
        </>
      )}
    </PanelFrame>
  );
}

function titleOf(volume: SeriesData): string {
  const bad = linesOf(volume, "critical") + linesOf(volume, "error");
  return `${countOf(totalLines(volume), "line")}, ${countOf(bad, "error")}`;
}

/** What is worst stands on top, where it is seen. */
function quietestFirst(volume: SeriesData): SeriesData {
  return { ...volume, series: volume.series.toReversed() };
}

/** The levels with their lines; each is a switch for "only these". */
function Levels({ volume, editing: { picks, edit } }: VolumePanelProps & { volume: SeriesData }) {
  const picked = picks?.levels ?? [];
  const shown = LOG_LEVELS.filter((level) => picked.includes(level) || linesOf(volume, level) > 0);
  const toggled = (level: LogLevel) =>
    picked.includes(level) ? picked.filter((one) => one !== level) : [...picked, level];
  const toggle = (level: LogLevel) => edit(({ pickLevels }, query) => pickLevels(query, toggled(level)));
  return (
    <ul aria-label="Levels" className="mt-2 flex flex-wrap gap-1.5">
      {shown.map((level) => (
        <li key={level}>
          <button
            type="button"
            aria-pressed={picked.includes(level)}
            onClick={() => toggle(level)}
            className={clsx(
              "rounded-control text-small hover:text-ink flex min-h-6 items-center gap-1.5 border px-2",
              picked.includes(level) ? "border-accent text-ink" : "border-line-soft text-dim",
            )}
          >
            <LevelMark level={level} />
            {level}
            <span className="text-faint">{formatFigure(linesOf(volume, level), "count")}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function LevelMark({ level }: { level: LogLevel }) {
  const status = STATUS_OF_LEVEL[level];
  if (status) return <StatusIcon status={status} />;
  return <span className="size-2.5 flex-none rounded-full" style={{ background: levelFill(level) }} />;
}
