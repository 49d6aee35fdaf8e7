import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainInMarkdown } from "#lib/domain/postmortems/markdown-text.ts";
import { harmlessText } from "./harmless-text.ts";
import { isIntricate } from "./intricate-markdown.ts";
import { markdownHtml } from "./markdown-html.ts";

const REL = 'rel="noopener noreferrer nofollow" target="_blank"';

/** What a reader sees of HTML. */
function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .trim();
}

describe("markdownHtml", () => {
  it.each([
    [
      "a *b* **c** ~~d~~ `e<f>`",
      "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e&#x3C;f></code></p>",
    ],
    ["# One\ntwo\nthree", "<h2>One</h2>\n<p>two\nthree</p>"],
    ["###### Six", "<h6>Six</h6>"],
    ["- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"],
    ["3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'],
    ["> q", "<blockquote>\n<p>q</p>\n</blockquote>"],
    ["```js\n<x> **y**\n```", '<pre><code class="language-js">&#x3C;x> **y**\n</code></pre>'],
    ["[t](https://a.example/?x=1&y=2)", `<p><a href="https://a.example/?x=1&#x26;y=2" ${REL}>t</a></p>`],
    [
      "see https://a.example/x, ok",
      `<p>see <a href="https://a.example/x" ${REL}>https://a.example/x</a>, ok</p>`,
    ],
    ["[s](/services/checkout)", '<p><a href="/services/checkout">s</a></p>'],
    ["2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"],
    ["\\*plain\\*", "<p>*plain*</p>"],
    ["a[^1]\n\n[^1]: b", "<p>a<a>^1</a></p>"],
  ])("%j", (markdown, html) => expect(markdownHtml(markdown)).toBe(html));

  it.each([
    ["<script>alert(1)</script>", "<p>&#x3C;script>alert(1)&#x3C;/script></p>"],
    ["<img src=x onerror=alert(1)>", "<p>&#x3C;img src=x onerror=alert(1)></p>"],
    ["a <!-- b --> **c**", "<p>a &#x3C;!-- b --> <strong>c</strong></p>"],
    ["<!--\n# b\n-->", "<p>&#x3C;!--</p>\n<h2>b</h2>\n<p>--></p>"],
    ["[t](javascript:alert(1))", "<p><a>t</a></p>"],
    ["[t](JaVaScRiPt&colon;alert(1))", "<p><a>t</a></p>"],
    ["[t](data:text/html,x)", "<p><a>t</a></p>"],
    ["[t](//evil.example)", "<p><a>t</a></p>"],
    ["[t](/\\evil.example)", '<p><a href="/%5Cevil.example">t</a></p>'],
    ["<javascript:alert(1)>", "<p><a>javascript:alert(1)</a></p>"],
    ["![a](https://evil.example/x.png)", `<p><a href="https://evil.example/x.png" ${REL}>a</a></p>`],
    ["![](data:image/svg+xml,x)", "<p><a>data:image/svg+xml,x</a></p>"],
    [
      "[![a](https://evil.example/x)](https://a.example)",
      `<p><a href="https://a.example" ${REL}><em>a</em></a></p>`,
    ],
    ['[t](https://a.example "x\\" onclick=y")', `<p><a href="https://a.example" ${REL}>t</a></p>`],
    ['```x" onclick=y\nz\n```', '<pre><code class="">z\n</code></pre>'],
    ["a\u202eb", "<p>a⟨U+202E⟩b</p>"],
  ])("makes nothing dangerous of %j", (markdown, html) => expect(markdownHtml(markdown)).toBe(html));

  it("opens no tag but its own, whatever is written", () => {
    const marks = [
      "<",
      ">",
      '"',
      "'",
      "&",
      "`",
      "*",
      "_",
      "~",
      "[",
      "![",
      "](",
      ")",
      "\n",
      "# ",
      "- ",
      "> ",
      "|",
    ];
    const words = [
      "```",
      "http://a/",
      "javascript:",
      "data:",
      "x",
      "\\",
      "|-|",
      "<b>",
      "<!--",
      "onerror=",
      "[^1]:",
    ];
    const own =
      /<\/?(?:p|h[2-6]|ul|li|blockquote|pre|code|em|strong|del|a|table|thead|tbody|tr|t[hd]|hr|br)>|<hr>|<ol(?: start="\d+")?>|<\/ol>|<code class="(?:language-[\w-]+)?">|<a href="(?:https?:|\/(?![/\\]))[^"<>]*"(?: rel="noopener noreferrer nofollow" target="_blank")?>/g;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...marks, ...words), { maxLength: 40 }), (parts) => {
        expect(markdownHtml(parts.join("")).replace(own, "")).not.toMatch(/</);
      }),
      { numRuns: 100 },
    );
  });

  it("shows what was escaped as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const line = harmlessText(text.replace(/\s+/g, " ").trim());
        expect(textOf(markdownHtml(plainInMarkdown(line)))).toBe(line);
      }),
      { numRuns: 40 },
    );
  });
});

describe("isIntricate", () => {
  const fenced = (code: string) => `\`\`\`\n${code}\n\`\`\``;
  it.each([
    ["quotes in quotes", "> ".repeat(9) + "a"],
    ["100 kB of quotes", ">".repeat(100_000)],
    ["lists in lists", "- ".repeat(9) + "a"],
    ["far to the right", " ".repeat(81) + "- a"],
    ["very many list items", "- a\n\n".repeat(2_001)],
    ["100 kB of brackets", "[".repeat(100_000)],
    ["stars in one paragraph", "*a".repeat(1_000)],
    ["stars in many", ("*a".repeat(100) + "\n\n").repeat(101)],
    ["very wide tables", "|a".repeat(61)],
    ["definitions", "[a]: x\n\n".repeat(5_001)],
    ["behind a fence that is closed", `${fenced("x")}\n${"[".repeat(1_001)}`],
    ["behind what is no fence", `\`\`\`a\`\n${"[".repeat(1_001)}`],
  ])("%s: shown as typed", (_, markdown) => {
    expect(isIntricate(markdown)).toBe(true);
    expect(markdownHtml(markdown)).toMatch(/^<pre>/);
  });

  it.each([
    ["prose of 100 kB", "some words that say a thing\n\n".repeat(3_000)],
    ["a list of 500", "- a `b` and **c**\n".repeat(150) + "\n" + "- d\n".repeat(350)],
    ["a table of 100 rows", "|a|b|c|\n|-|-|-|\n" + "|`x`|y|z|\n".repeat(100)],
    ["logs of 50 kB in a fence", fenced('{"a_b": [1, "*"]}\n'.repeat(2_800))],
    ["a fence that is never closed", "~~~\n" + "[".repeat(50_000)],
    ["lists five deep", "- a\n  - b\n    - c\n      - d\n        - e"],
  ])("%s: read", (_, markdown) => expect(isIntricate(markdown)).toBe(false));
});
