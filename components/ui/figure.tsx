import { clsx } from "clsx";

interface FigureProps {
  /** The written figure, or a dash where there is none. */
  text: string;
  /** What it means, or why there is none; shown on hover and read aloud. */
  why?: string | null;
  className?: string;
}

/** A figure with its reason within reach: a dash never stands alone. */
export function Figure({ text, why, className }: FigureProps) {
  if (!why) return <span className={clsx("whitespace-nowrap", className)}>{text}</span>;
  return (
    <span title={why} className={clsx("whitespace-nowrap", className)}>
      {text}
      <span className="sr-only"> ({why})</span>
    </span>
  );
}
