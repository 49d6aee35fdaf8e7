import { LABEL_SHARE, type PlacedMark } from "./marks.ts";

/** A small triangle over the plot with the mark's name beside it. recharts passes `viewBox`. */
export function MarkLabel({ mark, viewBox }: { mark: PlacedMark; viewBox?: { x?: number; y?: number } }) {
  const atRight = mark.position > 1 - LABEL_SHARE;
  return (
    <g transform={`translate(${viewBox?.x ?? 0},${viewBox?.y ?? 0})`} fill="var(--attention)">
      <title>{mark.label}</title>
      <path d="M0 -1l4 -7h-8z" />
      {mark.named && (
        <text x={atRight ? -7 : 7} y={-2} fontSize={10.5} textAnchor={atRight ? "end" : "start"}>
          {mark.label}
        </text>
      )}
    </g>
  );
}
