import { quote as quoteLogql, unquote } from "#lib/domain/logql/string-literal.ts";
import { quote as quotePromql } from "#lib/domain/promql/quote.ts";
import { escapeRegex } from "#lib/domain/promql/selector.ts";
import { type MatcherLiteral, matcherLiterals, type QueryLanguage } from "./matcher-literals.ts";
import { takesLiteralText } from "./regex-place.ts";
import { placeOf } from "./text-place.ts";
import { type Placeholder, placeholdersIn, type Variable, type VariableValues } from "./variables.ts";

const QUOTE = { promql: quotePromql, logql: quoteLogql };

/** A placeholder where it may not stand, in words that name the place. */
export interface PlaceholderProblem {
  variable: Variable;
  message: string;
}

/** What is wrong with the literal that a placeholder stands in; null when nothing is. */
function literalProblem(query: string, { from, to, regex }: MatcherLiteral): string | null {
  const written = query.slice(from, to);
  const text = written.startsWith('"') ? unquote(written) : null;
  if (text === null) return "must stand in double quotes, with escapes that Go knows";
  if (placeholdersIn(text).length !== placeholdersIn(written).length) return "must not be part of an escape";
  const misplaced = regex && placeholdersIn(text).some((place) => !takesLiteralText(text, place));
  return misplaced
    ? "must stand on its own in the regular expression: in no class, escape or repetition"
    : null;
}

function problemAt(query: string, place: Placeholder, literal: MatcherLiteral | undefined): string | null {
  if (!literal)
    return `may only stand in the quoted value of a matcher, as in ${place.variable}="$${place.variable}"`;
  return literalProblem(query, literal);
}

const literalAround = (literals: readonly MatcherLiteral[], { from, to }: Placeholder) =>
  literals.find((literal) => literal.from < from && to < literal.to);

/** As Grafana writes them as well: taken for text they would find nothing, and say nothing. */
const BRACED = /\$\{(service|node)\b[^}]*\}/;

function bracedProblem(query: string): PlaceholderProblem | null {
  const found = BRACED.exec(query);
  if (!found) return null;
  const variable = found[1] === "node" ? "node" : "service";
  return { variable, message: `${placeOf(query, found.index)}: ${found[0]} is written $${variable} here` };
}

/** The first placeholder of a query that no value could be filled into without a doubt; null when there is none. */
export function placeholderProblem(query: string, language: QueryLanguage): PlaceholderProblem | null {
  const braced = bracedProblem(query);
  if (braced) return braced;
  const literals = matcherLiterals(query, language);
  for (const place of placeholdersIn(query)) {
    const problem = problemAt(query, place, literalAround(literals, place));
    const { variable, from } = place;
    if (problem !== null) return { variable, message: `${placeOf(query, from)}: $${variable} ${problem}` };
  }
  return null;
}

function filledText(text: string, values: VariableValues, regex: boolean): string {
  return placeholdersIn(text).reduceRight((rest, { variable, from, to }) => {
    const value = values[variable] ?? "";
    return rest.slice(0, from) + (regex ? escapeRegex(value) : value) + rest.slice(to);
  }, text);
}

/**
 * A query with its placeholders filled in, or why it cannot be asked yet. A string that has placeholders is read, filled
 * and written anew, in regular expressions with the value escaped: no value leaves its string or means more than itself.
 */
export function fillQuery(
  query: string,
  language: QueryLanguage,
  values: VariableValues,
): { query: string } | { problem: string } {
  const misplaced = placeholderProblem(query, language);
  if (misplaced) return { problem: misplaced.message };
  const missing = placeholdersIn(query).find(({ variable }) => values[variable] === null);
  if (missing) return { problem: `it needs a ${missing.variable}` };
  const literals = matcherLiterals(query, language).toReversed();
  const filled = literals.reduce((rest, { from, to, regex }) => {
    const written = query.slice(from, to);
    const text = placeholdersIn(written).length > 0 ? unquote(written) : null;
    if (text === null) return rest;
    return rest.slice(0, from) + QUOTE[language](filledText(text, values, regex)) + rest.slice(to);
  }, query);
  return { query: filled };
}

/** The label that a query compares a variable with, where it does. */
export function labelOf(query: string, language: QueryLanguage, variable: Variable): string | null {
  const place = placeholdersIn(query).find((one) => one.variable === variable);
  return (place && literalAround(matcherLiterals(query, language), place)?.label) ?? null;
}
