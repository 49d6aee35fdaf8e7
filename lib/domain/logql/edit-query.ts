import { detectedWords, levelsOfWords, type LogLevel } from "../logs/levels.ts";
import { ANYTHING } from "./log-query.ts";
import { type LogQuery, readLogQuery } from "./read-query.ts";
import { quote } from "./string-literal.ts";

const LEVEL = "detected_level";
const WORDS_ONLY = /^[a-z]+(?:\|[a-z]+)*$/;

/** What the pickers show of a query. */
export interface Picks {
  service: string | null;
  node: string | null;
  levels: LogLevel[];
  text: string;
}

/** A field of a line that filters can name, and where LogQL finds it. */
export interface FieldFilter {
  name: string;
  value: string;
  /** A stream label, metadata that Loki keeps beside the line, or what a parser finds in the line. */
  where: "label" | "metadata" | "json" | "logfmt";
  /** Keeps the lines that have this value, or drops them. */
  keep: boolean;
}

interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** What a query says in the pickers' terms; null for one that cannot be read as a log query. */
export function readPicks(text: string): Picks | null {
  const query = readLogQuery(text);
  if (!query) return null;
  const equal = (label: string) =>
    query.matchers.find((matcher) => matcher.label === label && matcher.operator === "=")?.value ?? null;
  return {
    service: equal("service"),
    node: equal("node"),
    levels: levelStage(query)?.levels ?? [],
    text: textFilter(query)?.value ?? "",
  };
}

/** The query for one service or node, or for any (null). Unreadable queries stay as they are. */
export function pickLabel(text: string, label: "service" | "node", value: string | null): string {
  const query = readLogQuery(text);
  if (!query) return text;
  return withMatchers(query, label, value === null ? [] : [`${label}=${quote(value)}`]);
}

/** The query for lines that hold a text, case and all; the empty one takes the filter away. */
export function pickText(text: string, wanted: string): string {
  const query = readLogQuery(text);
  if (!query) return text;
  const filter = wanted === "" ? "" : `|= ${quote(wanted)}`;
  return replaced(query, textFilter(query), filter);
}

/** The query for lines of these levels, none for all. */
export function pickLevels(text: string, levels: readonly LogLevel[]): string {
  const query = readLogQuery(text);
  if (!query) return text;
  const words = detectedWords(levels);
  const operator = words.length > 1 ? "=~" : "=";
  const filter = words.length === 0 ? "" : `| ${LEVEL}${operator}${quote(words.join("|"))}`;
  return replaced(query, levelStage(query), filter);
}

/**
 * The query that keeps or drops lines by a field: a matcher for a stream label, else a filter at its end, behind the
 * parser that finds the field. Unreadable queries stay as they are.
 */
export function addFieldFilter(text: string, { name, value, where, keep }: FieldFilter): string {
  const query = readLogQuery(text);
  if (!query) return text;
  const comparison = `${name}${keep ? "=" : "!="}${quote(value)}`;
  if (where === "label") {
    // Empty matchers match every stream without the label: they are no more than a filter.
    if (keep) return withMatchers(query, name, [comparison]);
    const own = query.matchers.filter(({ label }) => label === name).map((matcher) => slice(query, matcher));
    return withMatchers(query, name, [...new Set([...own, comparison])]);
  }
  const parsed = where === "metadata" || query.stages.some(({ kind }) => kind === where);
  const stages = `${parsed ? "" : ` | ${where}`} | ${comparison}`;
  return edited(query.text, { from: query.end, to: query.end, insert: stages });
}

/** The query for lines that follow a pattern as Loki writes it, as in `<_> refused <_>`. */
export function addPattern(text: string, pattern: string): string {
  const query = readLogQuery(text);
  return query ? edited(text, { from: query.end, to: query.end, insert: ` |> ${quote(pattern)}` }) : text;
}

/** The selector with `own` in the place of a label's matchers. */
function withMatchers(query: LogQuery, label: string, own: readonly string[]): string {
  const place = query.matchers.findIndex((matcher) => matcher.label === label);
  const others = query.matchers.map((matcher) => (matcher.label === label ? null : slice(query, matcher)));
  const first = place === -1 ? others.length : place;
  const all = [...others.slice(0, first), ...own, ...others.slice(first)].filter((part) => part !== null);
  const telling = all.filter((part) => part !== ANYTHING);
  const matchers = telling.some(selects) ? telling : [ANYTHING, ...telling];
  return edited(query.text, { ...query.selector, insert: `{${matchers.join(", ")}}` });
}

/** Whether Loki takes a selector with this matcher alone: it must refuse the empty string. */
function selects(matcher: string): boolean {
  const [read] = readLogQuery(`{${matcher}}`)?.matchers ?? [];
  if (!read) return false;
  if (read.operator === "=") return read.value !== "";
  // Of patterns only those are sure that ask for a character.
  return read.operator === "=~" && (/^\.\+$/.test(read.value) || /^[\w-]+(?:\|[\w-]+)*$/.test(read.value));
}

function textFilter(query: LogQuery) {
  const [first] = query.lineFilters;
  return first?.operator === "|=" && first.value !== null ? { ...first, value: first.value } : null;
}

function levelStage(query: LogQuery) {
  for (const { comparison, from, to } of query.stages) {
    if (comparison?.label !== LEVEL || !WORDS_ONLY.test(comparison.value)) continue;
    const words = comparison.value.split("|");
    const levels = levelsOfWords(words);
    const one = comparison.operator === "=" && words.length === 1;
    if (levels && (one || comparison.operator === "=~")) return { levels, from, to };
  }
  return null;
}

/** Puts a filter where one stands, or right behind the selector; an empty one takes its place away. */
function replaced(query: LogQuery, place: { from: number; to: number } | null, filter: string): string {
  const at = query.selector.to;
  if (!place)
    return filter === "" ? query.text : edited(query.text, { from: at, to: at, insert: ` ${filter}` });
  if (filter !== "") return edited(query.text, { ...place, insert: filter });
  const gap = /\s*$/.exec(query.text.slice(0, place.from))?.[0].length ?? 0;
  return edited(query.text, { from: place.from - gap, to: place.to, insert: "" });
}

function slice({ text }: LogQuery, { from, to }: { from: number; to: number }): string {
  return text.slice(from, to);
}

function edited(text: string, { from, to, insert }: Edit): string {
  return `${text.slice(0, from)}${insert}${text.slice(to)}`;
}
