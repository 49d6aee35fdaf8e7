import type { Issue } from "./issue.ts";

/** An SLO has at most so many groups. */
export const MAX_GROUPS = 100;

/** The labels that make a group: one value for each label the SLO is split by. */
export type GroupLabels = Record<string, string>;

/** The group a series belongs to; a label it does not have is empty, as Prometheus has it. */
export function groupOf(labels: Readonly<Record<string, string>>, groupBy: readonly string[]): GroupLabels {
  return Object.fromEntries(groupBy.map((label) => [label, labels[label] ?? ""]));
}

/** One text per group, the same whatever order its labels come in: its labels as JSON. */
export function groupKey(group: GroupLabels): string {
  const entries = Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}

/** The key of the one group of an SLO that is not split. */
export const WHOLE = groupKey({});

/** The labels of a group by its key. */
export function labelsOfGroup(key: string): GroupLabels {
  return JSON.parse(key) as GroupLabels;
}

/** The labels of a group: "region eu, tier gold"; an empty value reads "none". */
export function groupInWords(group: Readonly<GroupLabels>): string {
  return Object.entries(group)
    .map(([label, value]) => `${label} ${value === "" ? "none" : value}`)
    .join(", ");
}

/** More groups than an SLO may have are refused as a whole: leaving some out would hide their failures. */
export function checkGroupCount(count: number): Issue[] {
  if (count <= MAX_GROUPS) return [];
  const message = `These labels make ${count} groups; an SLO has at most ${MAX_GROUPS}. Split by fewer, or narrow the selection.`;
  return [{ path: ["groupBy"], message }];
}
