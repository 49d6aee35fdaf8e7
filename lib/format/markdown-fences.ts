import remarkParse from "remark-parse";
import { unified } from "unified";
import { isIntricate } from "./intricate-markdown.ts";
import { REMARK_PLUGINS } from "./markdown-plugins.ts";

/** A fenced block of code. */
export interface Fence {
  language: string;
  code: string;
}

interface TextNode {
  type: string;
  lang?: string | null;
  value?: string;
  children?: TextNode[];
}

const reader = unified().use(remarkParse).use(REMARK_PLUGINS).freeze();

function collect(node: TextNode, fences: Fence[]): Fence[] {
  if (node.type === "code") fences.push({ language: node.lang ?? "", code: node.value ?? "" });
  for (const child of node.children ?? []) collect(child, fences);
  return fences;
}

/** The fenced blocks of a Markdown text in their order, as a page shows them; none of a text that is shown as typed. */
export function fencesOf(markdown: string): Fence[] {
  return isIntricate(markdown) ? [] : collect(reader.parse(markdown), []);
}
