import "server-only";
import type { SyntaxNodeRef, Tree } from "@lezer/common";
import type { LRParser } from "@lezer/lr";
import { AppError } from "#lib/server/errors.ts";

/** What of a query language must be known to rewrite its selectors safely. */
export interface Grammar {
  parser: LRParser;
  /** Name of the node of a string literal. */
  string: string;
  /** String literals that the source's own lexer ends where ours does. */
  stringForm: RegExp;
  /** Name of the node that every brace outside strings must open. */
  braces: string;
}

/** Everything but quotes, back-slashes and comments; no character that one lexer skips and another reads. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const NEVER_PLAIN = /["'`\\#]/;

/**
 * A query in the one form that leaves two lexers nothing to disagree about: comments are gone (one ends
 * them at a carriage return, the other does not), white space is single spaces, all is ASCII outside of strings,
 * and each string is closed, on one line and as it was. Its braces are all selectors.
 * @throws AppError `bad_query` naming `expr` for whatever cannot be brought into it.
 */
export function canonical(grammar: Grammar, expr: string): { text: string; tree: Tree } {
  const parts: string[] = [];
  let end = 0;
  let braces = 0;
  const takePlain = (until: number) => {
    const part = plainText(expr.slice(end, until));
    braces += part.split("{").length - 1;
    parts.push(part);
  };
  const visit = (node: SyntaxNodeRef) => {
    const { name, from, to } = node;
    if (name !== "LineComment" && name !== grammar.string) return;
    takePlain(from);
    parts.push(name === "LineComment" ? " " : stringText(grammar, expr.slice(from, to)));
    end = to;
  };
  parse(grammar, expr, visit);
  takePlain(expr.length);
  const text = parts.join("").trim();
  let selectors = 0;
  const tree = parse(grammar, text, ({ name }) => {
    if (name === grammar.braces) selectors += 1;
  });
  if (selectors !== braces) throw refusal("has braces that open no selector");
  return { text, tree };
}

function parse(grammar: Grammar, text: string, visit: (node: SyntaxNodeRef) => void): Tree {
  const tree = strictly(grammar, text);
  tree.iterate({
    enter: (node) => {
      // What is nested too deeply is cut short by the parser, strict or not.
      if (node.type.isError) throw unreadable(node.from);
      visit(node);
    },
  });
  return tree;
}

/** Stops at the first error: to go on and repair, as an editor wants it, takes long over hostile text. */
function strictly({ parser }: Grammar, text: string): Tree {
  try {
    return parser.configure({ strict: true }).parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(Number(/\d+/.exec(error.message)?.[0] ?? 0));
  }
}

function unreadable(position: number): AppError {
  return refusal(`cannot be read from character ${position + 1} on`);
}

function plainText(text: string): string {
  if (!PLAIN.test(text) || NEVER_PLAIN.test(text)) throw refusal("has unusual characters outside of strings");
  return text.replace(/\s+/g, " ");
}

function stringText(grammar: Grammar, literal: string): string {
  if (!grammar.stringForm.test(literal)) throw refusal("has a string that is not closed on its line");
  return literal;
}

function refusal(why: string): AppError {
  const message = `the query ${why}, so the limits of your role or token cannot be applied to it`;
  return new AppError("bad_query", message, { fields: [{ path: "expr", message }] });
}
