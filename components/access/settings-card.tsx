"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { StaleNotice } from "#components/shell/states.tsx";

interface SettingsCardProps {
  title: ReactNode;
  /** One line on what this is for. */
  about?: string;
  /** What the card shows; when it cannot be read anew, the card says since when it is old. */
  query?: UseQueryResult<unknown>;
  actions?: ReactNode;
  children: ReactNode;
}

/** A card of the settings: title, actions, and content that stays while it cannot be read anew. */
export function SettingsCard({ title, about, query, actions, children }: SettingsCardProps) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-7.5 flex-wrap items-center gap-x-3 gap-y-1">
        <div className="mr-auto min-w-0">
          <h2 id={headingId} className="font-medium">
            {title}
          </h2>
          {about && <p className="text-dim max-w-prose">{about}</p>}
        </div>
        {query?.error && (
          <StaleNotice
            since={new Date(query.dataUpdatedAt).toISOString()}
            reason={problemOf(query.error).detail}
          />
        )}
        {actions}
      </header>
      {children}
    </section>
  );
}
