import type { PanelData } from "#lib/contracts/panels.ts";

type Dependencies = PanelData<"service.dependencies">;
type Link = Dependencies["upstream"][number];

/** A box of the graph; `x` and `y` are its top left corner. */
export interface GraphBox {
  name: string;
  /** Null for the service itself, whose state stands at the top of the page. */
  link: Link | null;
  x: number;
  y: number;
}
export interface GraphLayout {
  width: number;
  height: number;
  boxes: GraphBox[];
  /** SVG paths along which trouble flows. */
  edges: { key: string; path: string }[];
}

export const BOX = { width: 132, height: 30 };
const GAP = { x: 44, y: 10 };
const COLUMN = BOX.width + GAP.x;

/**
 * What the service depends on stands on the left, what depends on it on the right: trouble flows along
 * the arrows. Every column is centred on the tallest; a side without services takes no room.
 */
export function layoutDependencies(service: string, { upstream, downstream }: Dependencies): GraphLayout {
  const rows = Math.max(1, upstream.length, downstream.length);
  const height = rows * BOX.height + (rows - 1) * GAP.y;
  const middle = upstream.length > 0 ? COLUMN : 0;
  const top = (count: number, index: number) =>
    (height - count * BOX.height - (count - 1) * GAP.y) / 2 + index * (BOX.height + GAP.y);
  const column = (links: readonly Link[], x: number) =>
    links.map((link, index) => ({ name: link.name, link, x, y: top(links.length, index) }));
  const self: GraphBox = { name: service, link: null, x: middle, y: top(1, 0) };
  const causes = column(upstream, 0);
  const sufferers = column(downstream, middle + COLUMN);
  return {
    width: middle + BOX.width + (downstream.length > 0 ? COLUMN : 0),
    height,
    boxes: [...causes, self, ...sufferers],
    edges: [
      ...causes.map((from) => ({ key: `from ${from.name}`, path: edge(from, self) })),
      ...sufferers.map((to) => ({ key: `to ${to.name}`, path: edge(self, to) })),
    ],
  };
}

function edge(from: GraphBox, to: GraphBox): string {
  const [x1, y1] = [from.x + BOX.width, from.y + BOX.height / 2];
  const [x2, y2] = [to.x, to.y + BOX.height / 2];
  const bend = (x1 + x2) / 2;
  return `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`;
}
