"use client";

import { clsx } from "clsx";
import { useId, type ReactNode } from "react";
import type { PanelView } from "#lib/client/panel-lines.ts";
import { Age } from "./moment.tsx";
import { useTick } from "./page-panels.tsx";
import { PanelMenu } from "./panel-menu.tsx";
import { ErrorState, ForbiddenState, NoDataState, PartialNotice, StaleNotice } from "./states.tsx";

interface PanelFrameProps<T> {
  /** Unique on the page: the target of "copy link". */
  anchor: string;
  /** Says the answer where it can: "p99 412 ms, 18 % under threshold". */
  title: ReactNode;
  /** A short remark at the right of the title. */
  aside?: ReactNode;
  view: PanelView<T>;
  /** The shape of what is loading, in its final size. */
  skeleton: ReactNode;
  /** Shown instead of the data when there is none; without it, data is always shown. */
  empty?: { when: (data: T) => boolean; state: ReactNode | "no-data" };
  className?: string;
  children: (data: T) => ReactNode;
}

/**
 * The card of a panel: its title, its age, "view query", "copy link", and whichever state it is in.
 * Old data stays while new loads, and is dimmed with its age once it is stale.
 */
export function PanelFrame<T>(props: PanelFrameProps<T>) {
  const { anchor, title, aside, view, className } = props;
  const headingId = useId();
  const ready = view.state === "ready" ? view : null;
  return (
    <section
      id={anchor}
      aria-labelledby={headingId}
      aria-busy={view.state === "loading" || ready?.superseded}
      className={clsx(
        "rounded-panel border-line-soft bg-panel target:border-accent min-w-0 scroll-mt-16 border px-4 py-3.5 contain-layout",
        className,
      )}
    >
      <header className="mb-2.5 flex min-h-6 items-center gap-3">
        <h2 id={headingId} className="text-dim min-w-0 flex-1 font-medium">
          {title}
        </h2>
        <span className="text-small text-faint flex flex-none items-center gap-2">
          {aside && <span className="max-sm:hidden">{aside}</span>}
          <Provenance view={view} />
          <PanelMenu anchor={anchor} queries={ready?.queries ?? []} />
        </span>
      </header>
      <PanelBody {...props} />
    </section>
  );
}

function PanelBody<T>({ view, skeleton, empty, children }: PanelFrameProps<T>) {
  const tick = useTick();
  if (view.state === "loading") return <div data-state="loading">{skeleton}</div>;
  if (view.state === "failed") {
    if (view.problem.code === "forbidden") return <ForbiddenState problem={view.problem} />;
    return <ErrorState problem={view.problem} onRetry={tick?.refresh} />;
  }
  const dimmed = view.stale !== null || view.superseded;
  return (
    <div className={clsx(dimmed && "saturate-25")}>
      {empty?.when(view.data) ? emptyState(empty.state, view.queries) : children(view.data)}
    </div>
  );
}

/** How old and how whole the data is. */
function Provenance({ view }: { view: PanelView<unknown> }) {
  if (view.state !== "ready") return null;
  const at = view.asOf ?? view.receivedAt;
  return (
    <>
      {view.partial && <PartialNotice warnings={view.warnings} />}
      {view.stale !== null ? (
        <StaleNotice since={at} reason={view.stale} />
      ) : (
        <span className="min-w-21 text-right max-sm:hidden">
          <Age at={at} prefix="as of " />
        </span>
      )}
    </>
  );
}

function emptyState(state: ReactNode, queries: Parameters<typeof NoDataState>[0]["queries"]) {
  return state === "no-data" ? <NoDataState queries={queries} /> : state;
}
