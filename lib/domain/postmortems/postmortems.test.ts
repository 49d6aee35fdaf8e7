import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftSections, type IncidentFacts } from "./draft.ts";
import { escapeHtml, inlineHtml, markdownHtml } from "./markdown-html.ts";
import { plainInMarkdown } from "./markdown-text.ts";
import { mergeSections } from "./merge-sections.ts";
import { mapSections, SECTION_KEYS } from "./sections.ts";

const FACTS: IncidentFacts = {
  id: "INC-1",
  title: "Checkout <b>fails</b>",
  severity: "P1",
  service: "checkout",
  node: null,
  startedAtMs: Date.parse("2026-10-25T00:50:00Z"),
  detectedAtMs: Date.parse("2026-10-25T01:10:05Z"),
  resolvedAtMs: Date.parse("2026-10-25T02:20:00Z"),
  durations: { detectSeconds: 1205, acknowledgeSeconds: null, mitigateSeconds: 3600, resolveSeconds: 5400 },
  spent: [
    { key: "checkout/availability", target: 0.9995, spentRatio: 0.2778 },
    { key: "checkout/latency", target: 0.95, spentRatio: null },
  ],
  timeline: [
    { atMs: Date.parse("2026-10-25T01:10:05Z"), text: "Opened by an alert: [x](javascript:y)\nnext" },
  ],
};

describe("the draft", () => {
  const draft = draftSections(FACTS);

  it("says what the facts say", () => {
    expect(draft.summary).toBe(
      "P1: Checkout \\<b\\>fails\\</b\\>. It was about checkout. The impact began at 2026-10-25 00:50:00 UTC. " +
        "It was detected at 2026-10-25 01:10:05 UTC and resolved at 2026-10-25 02:20:00 UTC.",
    );
    expect(draft.impact.split("\n")).toEqual([
      "- Detected after (TTD): 20 min",
      "- Acknowledged after (TTA): not known",
      "- Mitigated after (TTM): 60 min",
      "- Resolved after (TTR): 90 min",
    ]);
    expect(draft.budgetSpent.split("\n")).toEqual([
      "- checkout/availability (99.95 %): 27.8 % of the budget",
      "- checkout/latency (95 %): — (nothing was measured) of the budget",
    ]);
    expect(draft.timeline).toBe("- 2026-10-25 01:10:05 UTC — Opened by an alert: \\[x\\](javascript:y) next");
  });

  it("leaves to people what only they can say", () => {
    const empty = SECTION_KEYS.filter((key) => draft[key] === "");
    expect(empty).toEqual([
      "rootCause",
      "contributingFactors",
      "wentWell",
      "wentBadly",
      "gotLucky",
      "lessons",
    ]);
  });
});

describe("two edits", () => {
  const base = mapSections((key) => key);
  it.each([
    { name: "only mine", mine: { lessons: "m" }, theirs: {}, lessons: "m", conflicts: [] },
    { name: "only theirs", mine: {}, theirs: { lessons: "t" }, lessons: "t", conflicts: [] },
    { name: "the same", mine: { lessons: "s" }, theirs: { lessons: "s" }, lessons: "s", conflicts: [] },
    { name: "both", mine: { lessons: "m" }, theirs: { lessons: "t" }, lessons: "m", conflicts: ["lessons"] },
    { name: "others", mine: { lessons: "m" }, theirs: { summary: "t" }, lessons: "m", conflicts: [] },
  ])("$name", ({ mine, theirs, lessons, conflicts }) => {
    const merged = mergeSections(base, { ...base, ...mine }, { ...base, ...theirs });
    expect(merged.sections.lessons).toBe(lessons);
    expect(merged.conflicts).toEqual(conflicts);
    if ("summary" in theirs) expect(merged.sections.summary).toBe("t");
  });
});

describe("Markdown as HTML", () => {
  it.each([
    ["a *b* **c** `d<e>`", "<p>a <em>b</em> <strong>c</strong> <code>d&lt;e&gt;</code></p>"],
    ["# One\ntwo\nthree", "<h3>One</h3>\n<p>two<br>three</p>"],
    ["- a\n- b\n\n1. c\n2. d", "<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li><li>d</li></ol>"],
    ["> q\n\n```js\n<x> **y**\n```\nz", "<blockquote>q</blockquote>\n<pre>&lt;x&gt; **y**</pre>\n<p>z</p>"],
    [
      "[t](https://a.example/?x=1&y=2)",
      '<p><a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer nofollow">t</a></p>',
    ],
    ["[t](javascript:alert(1))", "<p>[t](javascript:alert(1))</p>"],
    ["[t](data:text/html,x)", "<p>[t](data:text/html,x)</p>"],
    ["<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"],
    ["2 * 3 * 4 and a_b_c", "<p>2 * 3 * 4 and a_b_c</p>"],
    ["\\*plain\\*", "<p>*plain*</p>"],
  ])("%j", (markdown, html) => {
    expect(markdownHtml(markdown)).toBe(html);
  });

  it("opens no tag but its own, whatever is written", () => {
    const nasty = fc.array(
      fc.constantFrom(
        "<",
        ">",
        '"',
        "'",
        "&",
        "`",
        "*",
        "[",
        "](",
        ")",
        "\n",
        "# ",
        "- ",
        "```",
        "http://a/",
        "javascript:",
        "x",
        "\\",
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const html = markdownHtml(parts.join(""));
        const own =
          /<\/?(?:p|h3|ul|ol|li|blockquote|pre|code|strong|em)>|<br>|<a href="https?:[^"<>]*" rel="noopener noreferrer nofollow">|<\/a>/g;
        expect(html.replace(own, "")).not.toMatch(/[<>"']/);
      }),
      { numRuns: 500 },
    );
  });

  it("shows what was escaped as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const line = text.replace(/\s+/g, " ").trim();
        expect(inlineHtml(plainInMarkdown(text))).toBe(escapeHtml(line));
      }),
    );
  });
});
