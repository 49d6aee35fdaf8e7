/** What a board may ask about: one service, one node. */
export const VARIABLES = ["service", "node"] as const;
export type Variable = (typeof VARIABLES)[number];

/** What was chosen for each; null for nothing. */
export type VariableValues = Readonly<Record<Variable, string | null>>;

const PLACEHOLDER = /\$(service|node)\b/g;

/** A `$service` or `$node`, with its offsets in the text. */
export interface Placeholder {
  variable: Variable;
  from: number;
  to: number;
}

/** All placeholders of a text, from left to right. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(({ 0: written, 1: name, index }) => ({
    variable: name === "node" ? "node" : "service",
    from: index,
    to: index + written.length,
  }));
}

/** The variables that any of these queries names, in the order that pages show them. */
export function variablesOf(queries: readonly string[]): Variable[] {
  const named = new Set(queries.flatMap(placeholdersIn).map(({ variable }) => variable));
  return VARIABLES.filter((variable) => named.has(variable));
}
