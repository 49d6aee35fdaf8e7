import "server-only";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { SECTION_KEYS, SECTION_WORDS } from "#lib/domain/postmortems/sections.ts";
import { escapeHtml } from "#lib/format/escape-html.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { markdownHtml } from "#lib/format/markdown-html.ts";
import { chartSvg } from "./chart-svg.ts";
import { headOf, itemInWords } from "./document.ts";
import { EXPORT_STYLE } from "./export-style.ts";

function itemHtml(item: Postmortem["actionItems"][number]): string {
  const mark = item.doneAt === null ? "☐" : "☑";
  const words = `${mark} ${escapeHtml(itemInWords(item))}`;
  if (item.link === null) return `<li>${words}</li>`;
  const link = escapeHtml(item.link);
  return `<li>${words} <a class="plain" href="${link}" rel="noopener noreferrer nofollow">${link}</a></li>`;
}

const section = (title: string, body: string) => `<section><h2>${title}</h2>${body}</section>`;
const EMPTY = '<p class="empty">Nothing written.</p>';

/** A post-mortem as one page without scripts or anything from elsewhere, made to be printed as well. */
export function writeHtml(postmortem: Postmortem): string {
  const { incident, sections, charts, actionItems } = postmortem;
  const title = `${incident.id}: ${escapeHtml(harmlessText(incident.title))}`;
  const head = headOf(postmortem).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const written = SECTION_KEYS.map((key) => {
    const text = sections[key];
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
