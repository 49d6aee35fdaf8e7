interface MeterProps {
  /** 0..1; null draws an empty, dashed bar, for there is no figure. */
  ratio: number | null;
  label: string;
  color: string;
  className?: string;
}

/** A small bar for a ratio, beside its figure. */
export function Meter({ ratio, label, color, className = "h-1.5 w-24" }: MeterProps) {
  if (ratio === null) {
    return (
      <span
        role="img"
        aria-label={`${label}: no data`}
        className={`border-line-strong block rounded-full border border-dashed ${className}`}
      />
    );
  }
  const percent = Math.round(Math.min(1, Math.max(0, ratio)) * 100);
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={`bg-line block overflow-hidden rounded-full ${className}`}
    >
      <span className="block h-full rounded-full" style={{ width: `${percent}%`, background: color }} />
    </span>
  );
}
