import { quote } from "./string-literal.ts";

/** Loki wants one matcher that refuses the empty string; every line of a cluster has a node. */
export const ANYTHING = 'node=~".+"';
/** All lines there are. */
export const EVERY_LINE = `{${ANYTHING}}`;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * A stream selector that matches each label exactly, as in `{service="api"}`. Throws RangeError when no
 * label is given, a name is not a label name or a value is empty (Loki refuses such selectors).
 */
export function logSelector(labels: Record<string, string>): string {
  const matchers = Object.entries(labels).map(([name, value]) => {
    if (!LABEL_NAME.test(name)) throw new RangeError(`"${name}" is not a label name`);
    if (value === "") throw new RangeError(`the label "${name}" needs a value`);
    return `${name}=${quote(value)}`;
  });
  if (matchers.length === 0) throw new RangeError("a stream selector needs at least one label");
  return `{${matchers.join(", ")}}`;
}

/** Keeps the lines that hold the text, case and all. */
export function lineContains(text: string): string {
  return `|= ${quote(text)}`;
}

/** Keeps the lines that do not hold the text. */
export function lineExcludes(text: string): string {
  return `!= ${quote(text)}`;
}
