import { expect, test } from "vitest";
import { markdownHtml } from "#lib/format/markdown-html.ts";
import { queryNote } from "./query-note.ts";

test.each([
  ["sum(up)", "", "/explore?q=sum(up)"],
  ['{a="b"} |~ `x```y`', "look\nhere", "/explore?q=%60"],
  ["```\n# heading\n[x](javascript:1)", "", "/explore?q=a"],
])("%j is code, and its address one link", (query, words, path) => {
  const html = markdownHtml(queryNote({ words, lang: "promql", query, path }));
  const escaped = query.replaceAll("&", "&#x26;").replaceAll("<", "&#x3C;");
  expect(html).toContain(`<pre><code class="language-promql">${escaped}\n</code></pre>`);
  expect(html.match(/<a /g)).toHaveLength(1);
  expect(html).toContain(`<a href="${path.replace("(", "%28").replace(")", "%29")}">Open in Explore</a>`);
});
