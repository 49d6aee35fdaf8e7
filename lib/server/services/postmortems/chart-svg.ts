import "server-only";
import type { SeriesData } from "#lib/contracts/series.ts";
import { writeInstant } from "#lib/domain/postmortems/draft.ts";
import { escapeHtml } from "#lib/format/escape-html.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

const WIDTH = 640;
const HEIGHT = 160;
/** Told apart on paper, too: by dash as well as by colour. */
const STROKES = [
  { color: "#4f46e5", dash: "" },
  { color: "#0f766e", dash: "6 3" },
  { color: "#b45309", dash: "2 2" },
  { color: "#be185d", dash: "8 3 2 3" },
];
const MAX_LINES = 8;

/** Lines with gaps: a point that is missing lifts the pen. */
function pathOf(values: readonly (number | null)[], least: number, span: number): string {
  const stepX = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  let pen = "M";
  return values
    .map((value, at) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const y = HEIGHT - ((value - least) / span) * HEIGHT;
      const point = `${pen}${(at * stepX).toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
}

/** A kept chart as an SVG figure of its own, axis from 0 or below to the greatest value. */
export function chartSvg(title: string, data: SeriesData): string {
  const { series, unit, startSeconds, stepSeconds } = data;
  const drawn = series.slice(0, MAX_LINES);
  const known = drawn.flatMap(({ values }) => values.filter((value) => value !== null));
  const [least, most] = [Math.min(0, ...known), Math.max(0, ...known)];
  const strokeOf = (at: number) => STROKES[at % STROKES.length]!;
  const paths = drawn.map(({ values }, at) => {
    const { color, dash } = strokeOf(at);
    const dashes = dash === "" ? "" : ` stroke-dasharray="${dash}"`;
    return `<path d="${pathOf(values, least, most - least || 1)}" fill="none" stroke="${color}"${dashes}/>`;
  });
  const points = Math.max(0, ...drawn.map(({ values }) => values.length));
  const endSeconds = startSeconds + Math.max(0, points - 1) * stepSeconds;
  const legend = drawn.map(({ name }, at) => {
    const { color } = strokeOf(at);
    const swatch = `<svg width="16" height="8" aria-hidden="true"><path d="M0 4h16" stroke="${color}" stroke-width="2"/></svg>`;
    return `<li>${swatch} ${escapeHtml(harmlessText(name))}</li>`;
  });
  const words = escapeHtml(harmlessText(title));
  const range = `${formatFigure(least, unit)} to ${formatFigure(most, unit)}`;
  const time = `${writeInstant(startSeconds * 1000)} to ${writeInstant(endSeconds * 1000)}`;
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${words}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#d4d4d8"/>${paths.join("")}</svg>`,
    `<figcaption>${words}: ${escapeHtml(known.length === 0 ? "no data" : range)}, ${time}`,
    `<ul>${legend.join("")}</ul></figcaption></figure>`,
  ].join("");
}
