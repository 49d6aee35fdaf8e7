import { clsx } from "clsx";
import type { SloStatus } from "#lib/contracts/slo-budgets.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { statusColor } from "#components/shell/status.tsx";
import { burnBarGeometry, type BurnBarShares } from "./burn-bar-geometry.ts";

interface BurnBarProps {
  shares: BurnBarShares;
  status: SloStatus;
  /** Tailwind height of the bar. */
  height?: string;
}

/** How the bar reads aloud, and on hover. */
function inWords({ consumedRatio, paceRatio, projectedRatio }: BurnBarShares): string {
  if (consumedRatio === null) return "Budget unknown: no data";
  const parts = [`${writeRatio(consumedRatio)} of the budget spent`];
  if (paceRatio !== null) parts.push(`an even spending would be at ${writeRatio(paceRatio)}`);
  if (projectedRatio !== null && projectedRatio > consumedRatio) {
    const when = paceRatio === null ? "in a day" : "by the period's end";
    parts.push(`${writeRatio(projectedRatio)} ${when} if this burn is sustained`);
  }
  return parts.join("; ");
}

/**
 * The burn bar: what is spent, what is left, a tick where the spending should be, a ghost to where it leads. An
 * overspent budget runs past the left edge.
 */
export function BurnBar({ shares, status, height = "h-3" }: BurnBarProps) {
  const words = inWords(shares);
  const geometry = burnBarGeometry(shares);
  if (!geometry) {
    return (
      <span
        role="img"
        aria-label={words}
        title={words}
        className={clsx("border-line-strong rounded-chip block w-full border border-dashed", height)}
      />
    );
  }
  const { spent, ghost, tick, overdraft } = geometry;
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className={clsx("flex w-full gap-0.5", statusColor(status))}
    >
      <span className="relative w-[12%] flex-none" aria-hidden="true">
        {overdraft > 0 && (
          <span
            className={clsx("absolute inset-y-0 right-0 rounded-l-[3px] bg-current", height)}
            style={{ width: `${Math.max(8, overdraft)}%` }}
          />
        )}
      </span>
      <span className={clsx("relative flex-1 overflow-hidden rounded-[3px]", height)}>
        <span className="absolute inset-0 bg-current opacity-20" />
        <span className="absolute inset-y-0 left-0 bg-current" style={{ width: `${spent}%` }} />
        <span
          className="absolute inset-y-0 bg-current opacity-35"
          style={{ left: `${spent}%`, width: `${ghost}%` }}
        />
        {tick !== null && (
          <span className="bg-ink absolute inset-y-0 w-0.5" style={{ left: `calc(${tick}% - 1px)` }} />
        )}
      </span>
    </span>
  );
}
