import "server-only";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { plainInMarkdown } from "#lib/domain/postmortems/markdown-text.ts";
import { writeInstant } from "#lib/domain/postmortems/draft.ts";
import { SECTION_KEYS, SECTION_WORDS } from "#lib/domain/postmortems/sections.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { headOf, itemInWords } from "./document.ts";

const NOTHING = "_Nothing written._";

function chartLines({ title, at, data }: Postmortem["charts"][number]): string[] {
  const series = data.series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    const range = `${formatFigure(least, data.unit)} to ${formatFigure(most, data.unit)}`;
    return `  - ${plainInMarkdown(harmlessText(name))}: ${known.length === 0 ? "no data" : range}`;
  });
  return [`- ${plainInMarkdown(harmlessText(title))}, kept ${writeInstant(Date.parse(at))}`, ...series];
}

function itemLines({ actionItems }: Postmortem): string[] {
  if (actionItems.length === 0) return ["_None._"];
  return actionItems.map((item) => {
    const link = item.link === null ? "" : ` <${item.link.replace(/[<>]/g, encodeURIComponent)}>`;
    return `- [${item.doneAt === null ? " " : "x"}] ${plainInMarkdown(itemInWords(item))}${link}`;
  });
}

/** A post-mortem as a Markdown file; what people wrote in Markdown stays as it is. */
export function writeMarkdown(postmortem: Postmortem): string {
  const { incident, sections, charts } = postmortem;
  const title = plainInMarkdown(harmlessText(incident.title));
  const head = headOf(postmortem).map(([name, value]) => `- ${name}: ${plainInMarkdown(value)}`);
  const written = SECTION_KEYS.flatMap((key) => {
    const text = sections[key].trim();
    return ["", `## ${SECTION_WORDS[key].title}`, "", text === "" ? NOTHING : text];
  });
  const kept = charts.length === 0 ? [] : ["", "## Charts", "", ...charts.flatMap(chartLines)];
  const items = ["", "## Action items", "", ...itemLines(postmortem)];
  return [`# ${incident.id}: ${title}`, "", ...head, ...written, ...kept, ...items, ""].join("\n");
}
