import type { BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import type { RatioMark, RatioSpan } from "#components/charts/ratio-lines.ts";

export type Annotation = BudgetGraphs["annotations"][number];

const COLORS: Record<Annotation["kind"], string> = {
  target: "var(--accent)",
  version: "var(--accent)",
  deploy: "var(--s6)",
  incident: "var(--s4)",
  exclusion: "var(--faint)",
  correction: "var(--s5)",
  note: "var(--dim)",
};

/** What an annotation is called. */
export const ANNOTATION_WORDS: Record<Annotation["kind"], string> = {
  target: "target changed",
  version: "new version",
  deploy: "deploy",
  incident: "incident",
  exclusion: "left out",
  correction: "correction",
  note: "note",
};

/** The colour of an annotation, in charts and lists. */
export function annotationColor(kind: Annotation["kind"]): string {
  return COLORS[kind];
}

/** Annotations as moments of a chart; what was left out is a span instead. */
export function marksOf(annotations: readonly Annotation[]): RatioMark[] {
  return annotations
    .filter(({ kind }) => kind !== "exclusion")
    .map(({ atMs, kind, text }) => ({
      atMs,
      text: `${ANNOTATION_WORDS[kind]}: ${text}`,
      color: COLORS[kind],
    }));
}

/** The spans that exclusions leave out. */
export function spansOf(annotations: readonly Annotation[]): RatioSpan[] {
  return annotations.flatMap(({ kind, atMs, untilMs, text }) =>
    kind === "exclusion" && untilMs !== null ? [{ fromMs: atMs, toMs: untilMs, text }] : [],
  );
}
