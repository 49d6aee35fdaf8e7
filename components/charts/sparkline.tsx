interface SparklineProps {
  /** The newest value is last; null is a gap. */
  values: readonly (number | null)[];
  /** A CSS colour, as from `entityColor`. */
  color: string;
  /** The value at the top edge; the greatest of the values when left out. */
  max?: number;
  className?: string;
}

const WIDTH = 100;
const HEIGHT = 24;

/** A small line without axes that fills its box. It says nothing that the figure beside it does not. */
export function Sparkline({ values, color, max, className = "h-6 w-full" }: SparklineProps) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`block overflow-visible ${className}`}
    >
      <path
        d={sparkPath(values, max)}
        fill="none"
        stroke={color}
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** The line's path; a gap lifts the pen, a lone value is a dot. Without `max` the values' own span fills the box. */
export function sparkPath(values: readonly (number | null)[], max?: number): string {
  const present = values.filter((value) => value !== null);
  const low = max === undefined ? Math.min(...present) : 0;
  const span = (max ?? Math.max(...present)) - low;
  const x = (i: number) => (i / Math.max(1, values.length - 1)) * WIDTH;
  const y = (value: number) => (span > 0 ? HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 2) : HEIGHT / 2);
  return values
    .map((value, i) => {
      if (value === null) return "";
      const point = `${x(i).toFixed(1)} ${Math.max(1, y(value)).toFixed(1)}`;
      const begins = i === 0 || values[i - 1] === null;
      const alone = begins && (values[i + 1] ?? null) === null;
      return `${begins ? "M" : "L"}${point}${alone ? "h.01" : ""}`;
    })
    .join("");
}
