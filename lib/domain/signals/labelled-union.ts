import { quote } from "#lib/domain/promql/quote.ts";

/**
 * One query for several expressions: every sample carries in `label` the name of the expression it
 * comes from, so that an expression without data is simply absent. Names are our own constants.
 */
export function labelledUnion(label: string, expressions: Readonly<Record<string, string>>): string {
  return Object.entries(expressions)
    .map(([name, expr]) => `label_replace(${expr}, ${quote(label)}, ${quote(name)}, "", "")`)
    .join(" or ");
}
