import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { readColor } from "./css-color.ts";
import { loneValues, type PlotLine } from "./plot-data.ts";

/** What a canvas shows: lines over the times of a grid, between the ends of both axes. */
export interface Drawn {
  timesMs: readonly number[];
  lines: readonly PlotLine[];
  x: readonly [fromMs: number, toMs: number];
  y: readonly [least: number, greatest: number];
}

/** Whom a canvas tells. */
export interface CanvasHands {
  /** The moment under the pointer, as a place in `timesMs`, and how far from the left; null when it left. */
  onHover: (at: { index: number; leftPx: number } | null) => void;
  onZoom?: (fromMs: number, toMs: number) => void;
}

/** A line of one pixel is drawn without the outline of a wider one, which takes ten times as long where no graphics card helps. */
const LINE_PX = 1;
const LONE_DOT_PX = 3.2;
const HOVER_DOT_PX = 5;
/** Room above and below the box, in px: a line along an axis is drawn in its whole width. */
export const CANVAS_BLEED_PX = 3;

/**
 * Lines on a canvas; all around them (axes, thresholds, marks, words) is the page's. New values are laid into the plot
 * that is there; it is built anew only for other lines.
 */
export class CanvasDrawing {
  readonly #host: HTMLElement;
  #plot: uPlot | null = null;
  #drawn: Drawn | null = null;
  #hands: CanvasHands = { onHover: () => undefined };
  #colors: string[] = [];
  #hovered = false;

  constructor(host: HTMLElement) {
    this.#host = host;
    host.addEventListener("pointerenter", this.#enter);
    host.addEventListener("pointerleave", this.#leave);
    host.addEventListener("pointerdown", this.#touch);
    host.addEventListener("pointermove", this.#touch);
  }

  draw(drawn: Drawn, hands: CanvasHands): void {
    const before = this.#drawn;
    this.#drawn = drawn;
    this.#hands = hands;
    const data = [drawn.timesMs, ...drawn.lines.map(({ values }) => values)] as uPlot.AlignedData;
    if (this.#plot && before && sameLines(before.lines, drawn.lines)) this.#plot.setData(data);
    else this.#build(data);
  }

  /** Takes the room that it has now. */
  resize(): void {
    this.#plot?.setSize(this.#size());
  }

  /** Reads the colours again. */
  recolor(): void {
    this.#readColors();
    this.#plot?.redraw();
  }

  /** Shows the crosshair at a moment that the pointer is over in another chart. */
  pointAt(atMs: number | null): void {
    if (!this.#plot || !this.#drawn || this.#hovered) return;
    const [fromMs, toMs] = this.#drawn.x;
    const inside = atMs !== null && atMs >= fromMs && atMs <= toMs;
    this.#plot.setCursor({ left: inside ? this.#plot.valToPos(atMs, "x") : -10, top: 0 }, false);
  }

  destroy(): void {
    this.#host.removeEventListener("pointerenter", this.#enter);
    this.#host.removeEventListener("pointerleave", this.#leave);
    this.#host.removeEventListener("pointerdown", this.#touch);
    this.#host.removeEventListener("pointermove", this.#touch);
    this.#plot?.destroy();
    this.#plot = null;
  }

  readonly #enter = () => {
    this.#hovered = true;
  };

  readonly #leave = () => {
    this.#hovered = false;
    this.#hands.onHover(null);
  };

  /** uPlot follows the mouse alone. */
  readonly #touch = ({ pointerType, clientX }: PointerEvent) => {
    if (pointerType !== "touch" || !this.#plot) return;
    const { left } = this.#plot.over.getBoundingClientRect();
    this.#plot.setCursor({ left: clientX - left, top: 0 });
  };

  #size() {
    return { width: this.#host.clientWidth, height: this.#host.clientHeight };
  }

  #readColors(): void {
    this.#colors = (this.#drawn?.lines ?? []).map(({ color }) => readColor(this.#host, color));
  }

  #build(data: uPlot.AlignedData): void {
    this.#plot?.destroy();
    this.#readColors();
    this.#plot = new uPlot(this.#options(), data, this.#host);
  }

  #options(): uPlot.Options {
    const colorOf = (_: uPlot, nth: number) => this.#colors[nth - 1] ?? "transparent";
    const ends = (axis: "x" | "y"): uPlot.Range.MinMax => {
      const [from, to] = this.#drawn?.[axis] ?? [0, 1];
      return [from, to];
    };
    return {
      ...this.#size(),
      ms: 1,
      padding: [CANVAS_BLEED_PX, 0, CANVAS_BLEED_PX, 0],
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: { x: { time: false, range: () => ends("x") }, y: { range: () => ends("y") } },
      series: [
        {},
        ...(this.#drawn?.lines ?? []).map(({ name }): uPlot.Series => ({
          label: name,
          stroke: colorOf,
          width: LINE_PX,
          // Points rounded to pixels would make stairs of so thin a line.
          pxAlign: 0,
          points: {
            show: true,
            size: LONE_DOT_PX,
            width: 0,
            fill: colorOf,
            filter: (_, nth) => loneValues(this.#drawn?.lines[nth - 1]?.values ?? []),
          },
        })),
      ],
      cursor: {
        y: false,
        points: { size: HOVER_DOT_PX, width: 0, stroke: colorOf, fill: colorOf },
        drag: { x: this.#hands.onZoom !== undefined, y: false, setScale: false },
      },
      hooks: {
        setCursor: [(plot) => this.#tellHover(plot)],
        setSelect: [(plot) => this.#tellZoom(plot)],
      },
    };
  }

  #tellHover({ cursor: { idx, left } }: uPlot): void {
    if (!this.#hovered) return;
    this.#hands.onHover(typeof idx === "number" && left !== undefined ? { index: idx, leftPx: left } : null);
  }

  #tellZoom(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width === 0) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#hands.onZoom?.(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
  }
}

function sameLines(some: readonly PlotLine[], others: readonly PlotLine[]): boolean {
  const isSame = ({ name, color }: PlotLine, nth: number) =>
    name === others[nth]?.name && color === others[nth].color;
  return some.length === others.length && some.every(isSame);
}
