import type { Dora, GateRecord } from "#lib/contracts/releases.ts";
import { NO_FIGURE, roundFigure, writeCount, writeRatio, writeSeconds } from "#lib/domain/words/figures.ts";

/** A figure with what it is of. */
export interface FigureTold {
  name: string;
  figure: string;
  more: string;
}

type Rate = GateRecord["falseApprovals"];

function rate(name: string, { wrong, known, unknown }: Rate): FigureTold {
  const open = unknown === 0 ? "" : `, ${writeCount(unknown)} not known yet`;
  if (known === 0) return { name, figure: NO_FIGURE, more: `none known${open}` };
  const figure = wrong === 0 ? "0" : `${writeCount(wrong)} · ${writeRatio(wrong / known)}`;
  return { name, figure, more: `of ${writeCount(known)} known${open}` };
}

/** How often the gate was wrong, as people read it. */
export function gateFigures(record: GateRecord): FigureTold[] {
  const { releases, falseApprovals, falseBlocks, wentOutUncleared } = record;
  return [
    { name: "Decided on", figure: writeCount(releases), more: releases === 1 ? "release" : "releases" },
    rate("Approved, then burned", falseApprovals),
    rate("Held back, would have been fine", falseBlocks),
    { name: "Went out uncleared", figure: writeCount(wentOutUncleared), more: "seen to run, never cleared" },
  ];
}

const DAYS_PER_WEEK = 7;

/** As often as people count it: less than once a day is so often a week. */
function writePace(perDay: number | null): string {
  if (perDay === null) return NO_FIGURE;
  if (perDay >= 1) return `${writeCount(roundFigure(perDay))} a day`;
  return `${writeCount(roundFigure(perDay * DAYS_PER_WEEK))} a week`;
}

/** DORA's four figures, as people read them. */
export function doraFigures(dora: Dora): FigureTold[] {
  const { n, deploysPerDay, leadTimeSeconds, changeFailureRatio, timeToRestoreSeconds } = dora;
  return [
    { name: "Deploys", figure: writePace(deploysPerDay), more: `${writeCount(n)} in all` },
    { name: "Lead time", figure: writeSeconds(leadTimeSeconds), more: "from the request, median" },
    {
      name: "Changes that failed",
      figure: writeRatio(changeFailureRatio),
      more: "failed, burned or rolled back",
    },
    {
      name: "Time to restore",
      figure: writeSeconds(timeToRestoreSeconds),
      more: "until rolled back, median",
    },
  ];
}
