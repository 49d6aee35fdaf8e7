"use client";

import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { PanelView } from "#lib/client/panel-lines.ts";
import { useTick } from "./page-panels.tsx";
import { ErrorState, ForbiddenState, PartialNotice, StaleNotice } from "./states.tsx";

interface BarePanelProps<T> {
  /** What it says, for those who cannot see it. */
  label: string;
  view: PanelView<T>;
  /** The shape of what is loading, in its final size. */
  skeleton: ReactNode;
  className?: string;
  children: (data: T) => ReactNode;
}

/** A panel that stands on the page itself, such as its first words: the states of a PanelFrame without the card. */
export function BarePanel<T>({ label, view, skeleton, className, children }: BarePanelProps<T>) {
  const tick = useTick();
  if (view.state === "failed") {
    if (view.problem.code === "forbidden") return <ForbiddenState problem={view.problem} />;
    return <ErrorState problem={view.problem} onRetry={tick?.refresh} />;
  }
  if (view.state === "loading") {
    return (
      <section aria-label={label} aria-busy="true" data-state="loading" className={className}>
        {skeleton}
      </section>
    );
  }
  return (
    <section
      aria-label={label}
      aria-busy={view.superseded}
      className={clsx("flex items-start gap-4 max-sm:flex-wrap", className)}
    >
      <div className={clsx("min-w-0 flex-1 max-sm:basis-full", view.stale !== null && "saturate-25")}>
        {children(view.data)}
      </div>
      {(view.partial || view.stale !== null) && (
        <div className="flex flex-none items-center gap-3">
          {view.partial && <PartialNotice warnings={view.warnings} />}
          {view.stale !== null && <StaleNotice since={view.asOf ?? view.receivedAt} reason={view.stale} />}
        </div>
      )}
    </section>
  );
}
