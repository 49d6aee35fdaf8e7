import type { SeriesData } from "#lib/contracts/series.ts";

/** The colour of a threshold's line. */
export const LEVEL_COLORS: Readonly<Record<SeriesData["thresholds"][number]["level"], string>> = {
  WARNING: "var(--warning)",
  CRITICAL: "var(--critical)",
};

interface ThresholdLabelProps {
  text: string;
  color: string;
  /** The line's box; recharts passes it. */
  viewBox?: { x?: number; y?: number; width?: number };
}

/** Height above the plot that belongs to the names of marks. */
const MARKS_PX = 24;

/** The name of a threshold at the right end of its line, with a halo so that data behind it stays apart. */
export function ThresholdLabel({ text, color, viewBox }: ThresholdLabelProps) {
  const right = (viewBox?.x ?? 0) + (viewBox?.width ?? 0);
  const y = viewBox?.y ?? 0;
  return (
    <text
      x={right - 2}
      y={y > MARKS_PX ? y - 4 : y + 12}
      fontSize={10.5}
      textAnchor="end"
      fill={color}
      stroke="var(--panel)"
      strokeWidth={4}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {text}
    </text>
  );
}
