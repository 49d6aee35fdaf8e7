import { Skeleton } from "#components/ui/skeleton.tsx";
import { TopBar, type Crumb } from "./top-bar.tsx";

/** A page whose first answer is still being computed. */
export function PageSkeleton({ title, crumbs }: { title: string; crumbs?: readonly Crumb[] }) {
  return (
    <>
      <TopBar title={title} crumbs={crumbs} />
      <main
        id="main"
        tabIndex={-1}
        aria-busy="true"
        className="grid content-start gap-4 px-6 pt-5 max-sm:px-3.5"
      >
        <Skeleton className="h-14 max-w-2xl" />
        <Skeleton className="h-44" />
        <Skeleton className="h-96" />
      </main>
    </>
  );
}
