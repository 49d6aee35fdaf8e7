import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { escapeHtml } from "./escape-html.ts";
import { harmlessLines } from "./harmless-text.ts";
import { isIntricate } from "./intricate-markdown.ts";
import { REHYPE_PLUGINS, REMARK_PLUGINS } from "./markdown-plugins.ts";

const processor = unified()
  .use(remarkParse)
  .use(REMARK_PLUGINS)
  .use(remarkRehype)
  .use(REHYPE_PLUGINS)
  .use(rehypeStringify)
  .freeze();

/**
 * Markdown as HTML that runs and loads nothing, for exports; pages use components/ui/markdown.tsx, which reads it alike.
 * A text that would take long to read is shown as it was typed.
 */
export function markdownHtml(markdown: string): string {
  const text = harmlessLines(markdown);
  return isIntricate(text) ? `<pre>${escapeHtml(text)}</pre>` : String(processor.processSync(text));
}
