/** A moment worth a vertical line: a deploy, or a single request that stands for many. */
export interface Mark {
  /** ISO 8601. */
  at: string;
  label: string;
  kind: "deploy" | "exemplar";
}

/** A mark with its place on the axis. */
export interface PlacedMark {
  label: string;
  atMs: number;
  /** Where it stands in the range, 0..1. */
  position: number;
  /** False where its words would run into those of the mark before. */
  named: boolean;
}

/** Share of the width that a label takes. */
export const LABEL_SHARE = 0.12;

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
