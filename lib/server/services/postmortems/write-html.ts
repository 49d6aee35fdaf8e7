import "server-only";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { escapeHtml, markdownHtml } from "#lib/domain/postmortems/markdown-html.ts";
import { SECTION_KEYS, SECTION_WORDS } from "#lib/domain/postmortems/sections.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { chartSvg } from "./chart-svg.ts";
import { headOf, itemInWords } from "./document.ts";

/** The whole of the page's style; the policy of the answer names its hash. */
export const EXPORT_STYLE = `
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 44rem; padding: 0 1rem; color: #18181b; background: #fff;
  font: 15px/1.55 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem; border-bottom: 1px solid #d4d4d8; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; }
dt { color: #52525b; } dd { margin: 0; }
figure { margin: 1rem 0; break-inside: avoid; } figure > svg { width: 100%; height: auto; }
figcaption { color: #3f3f46; font-size: .85rem; } figcaption ul { padding: 0; list-style: none; margin: .2rem 0; }
pre, code { font: .9em/1.5 ui-monospace, monospace; } pre { white-space: pre-wrap; background: #f4f4f5; padding: .6rem; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid #d4d4d8; color: #3f3f46; }
.empty { color: #71717a; }
@page { margin: 18mm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; } li, dd { orphans: 3; widows: 3; }
  a[href^="http"]::after { content: " (" attr(href) ")"; color: #52525b; font-size: .85em; } }
`;

function itemHtml(item: Postmortem["actionItems"][number]): string {
  const mark = item.doneAt === null ? "☐" : "☑";
  const words = `${mark} ${escapeHtml(itemInWords(item))}`;
  if (item.link === null) return `<li>${words}</li>`;
  const link = escapeHtml(item.link);
  return `<li>${words} <a href="${link}" rel="noopener noreferrer nofollow">${link}</a></li>`;
}

const section = (title: string, body: string) => `<section><h2>${title}</h2>${body}</section>`;
const EMPTY = '<p class="empty">Nothing written.</p>';

/** A post-mortem as one page without scripts or anything from elsewhere, made to be printed as well. */
export function writeHtml(postmortem: Postmortem): string {
  const { incident, sections, charts, actionItems } = postmortem;
  const title = `${incident.id}: ${escapeHtml(harmlessText(incident.title))}`;
  const head = headOf(postmortem).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const written = SECTION_KEYS.map((key) => {
    const text = harmlessLines(sections[key]);
    return section(SECTION_WORDS[key].title, text.trim() === "" ? EMPTY : markdownHtml(text));
  });
  const kept = charts.map((chart) => chartSvg(chart.title, chart.data)).join("");
  const items = actionItems.length === 0 ? EMPTY : `<ul>${actionItems.map(itemHtml).join("")}</ul>`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>`,
    `<style>${EXPORT_STYLE}</style></head><body><h1>${title}</h1><dl>${head.join("")}</dl>`,
    ...written,
    charts.length === 0 ? "" : section("Charts", kept),
    section("Action items", items),
    `</body></html>\n`,
  ].join("\n");
}

/** Lines stay lines; what would hide or reorder them is named. */
function harmlessLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(harmlessText)
    .join("\n");
}
