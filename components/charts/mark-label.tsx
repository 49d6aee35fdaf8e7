import type { Mark } from "./time-series.tsx";

interface PlacedMark {
  label: string;
  atMs: number;
  /** Where it stands in the range, 0..1. */
  position: number;
  /** False where its words would run into those of the mark before. */
  named: boolean;
}

/** Share of the width that a label takes. */
const LABEL_SHARE = 0.12;

/** Marks inside the range in order of time; of marks that crowd each other only the first is named. */
export function placeMarks(marks: readonly Mark[], fromMs: number, toMs: number): PlacedMark[] {
  let freeFrom = 0;
  return marks
    .map(({ label, at }) => ({ label, atMs: Date.parse(at) }))
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
    .sort((a, b) => a.atMs - b.atMs)
    .map((mark) => {
      const position = (mark.atMs - fromMs) / (toMs - fromMs);
      const named = position >= freeFrom;
      if (named) freeFrom = position + LABEL_SHARE;
      return { ...mark, position, named };
    });
}

/** A small triangle over the plot with the mark's name beside it. recharts passes `viewBox`. */
export function MarkLabel({ mark, viewBox }: { mark: PlacedMark; viewBox?: { x?: number; y?: number } }) {
  const atRight = mark.position > 1 - LABEL_SHARE;
  return (
    <g transform={`translate(${viewBox?.x ?? 0},${viewBox?.y ?? 0})`} fill="var(--attention)">
      <title>{mark.label}</title>
      <path d="M0 -1l4 -7h-8z" />
      {mark.named && (
        <text x={atRight ? -7 : 7} y={-2} fontSize={10.5} textAnchor={atRight ? "end" : "start"}>
          {mark.label}
        </text>
      )}
    </g>
  );
}
