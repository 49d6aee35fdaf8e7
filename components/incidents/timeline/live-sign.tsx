"use client";

import { clsx } from "clsx";
import { useLive } from "#components/shell/live.tsx";

/** Whether the timeline writes itself on, or what is new may be a minute late. */
export function LiveSign() {
  const live = useLive();
  return (
    <span
      className="inline-flex items-center gap-1.5"
      title={
        live ? "What is new appears by itself" : "The live connection is down: it is asked for every minute"
      }
    >
      <span
        aria-hidden="true"
        className={clsx("size-1.5 rounded-full", live ? "bg-healthy" : "border-line-strong border")}
      />
      {live ? "live" : "not live"}
    </span>
  );
}
