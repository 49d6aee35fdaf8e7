import { clsx } from "clsx";

/** A grey block in the place and size of what is loading. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={clsx("skeleton-pulse rounded-control bg-raised", className)} />;
}
