import { fillQuery, type Target } from "./condition.ts";

/** A query that stands in a runbook as a fenced block. */
export interface QueryBlock {
  /** How the page tells it from its other blocks. */
  id: string;
  language: "promql" | "logql";
  /** As it was written, comments and variables with it. */
  code: string;
  title: string | null;
  /** As its title has it in brackets behind: "(ratio)". */
  unit: string | null;
  /** With its variables filled in; null where that cannot be, which `problem` tells. */
  query: string | null;
  problem: string | null;
}

/** So many panels one page may ask for. */
const MAX_BLOCKS = 40;
const TITLE = /^\s*#[ \t]*(.*?)[ \t]*(?:\((\w+)\))?[ \t]*(?:\n|$)/;

function isLanguage(language: string): language is QueryBlock["language"] {
  return language === "promql" || language === "logql";
}

/**
 * The queries among the fenced blocks of a runbook, for a service or a node. The first comment of a block is its title.
 * Equal blocks are one.
 */
export function queryBlocks(
  fences: readonly { language: string; code: string }[],
  target: Target,
): QueryBlock[] {
  const blocks = new Map<string, QueryBlock>();
  for (const { language, code } of fences) {
    const key = `${language}\n${code}`;
    if (!isLanguage(language) || code.trim() === "" || blocks.has(key) || blocks.size >= MAX_BLOCKS) continue;
    const [, title = "", unit = null] = TITLE.exec(code) ?? [];
    const filled = fillQuery(code.replace(/^\s*#.*(?:\n|$)/, ""), target);
    blocks.set(key, {
      id: `query-${blocks.size + 1}`,
      language,
      code,
      title: title === "" ? null : title,
      unit,
      query: "query" in filled ? filled.query.trim() : null,
      problem: "problem" in filled ? filled.problem : null,
    });
  }
  return [...blocks.values()];
}

/** What a text's queries have to be told: `service`, `node`. */
export function variablesOf(blocks: readonly Pick<QueryBlock, "code">[]): ("service" | "node")[] {
  return (["service", "node"] as const).filter((name) =>
    blocks.some(({ code }) => new RegExp(`\\$${name}\\b`).test(code)),
  );
}
