import type { Labels } from "../labels.ts";

/** A line on its way through a pipeline, with all that a stage may read or add. */
export interface Row {
  line: string;
  streamLabels: Labels;
  metadata: Labels;
  parsed: Map<string, string>;
}

/** Where the labels of a line come from. */
type Labelled = Readonly<Record<"streamLabels" | "metadata" | "parsed", Labels>>;

/** A pipeline stage: may add to `parsed`, answers whether the line stays. */
export type Stage = (row: Row) => boolean;

/** The value of a label as filters see it: parsed over metadata over stream labels; empty when missing. */
export function labelOf(row: Labelled, name: string): string {
  return row.parsed.get(name) ?? row.metadata.get(name) ?? row.streamLabels.get(name) ?? "";
}
