import { Skeleton } from "./skeleton.tsx";

interface ListSkeletonProps {
  rows: number;
  /** Tailwind height of a row, such as `h-9`. */
  rowHeight: string;
}

/** A list or table that is still loading, in about its final size. */
export function ListSkeleton({ rows, rowHeight }: ListSkeletonProps) {
  return (
    <div className="grid gap-px">
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className={`border-line-soft flex items-center border-t first:border-t-0 ${rowHeight}`}
        >
          <Skeleton className="h-3.5 w-full" />
        </div>
      ))}
    </div>
  );
}
