import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** A setting that is still being read, in about its final shape. */
export function SettingsSkeleton() {
  return (
    <div
      aria-busy="true"
      data-state="loading"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <Skeleton className="mb-4 h-7.5 w-48" />
      <ListSkeleton rows={5} rowHeight="h-11" />
    </div>
  );
}
