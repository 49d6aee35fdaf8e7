import type { ReactNode } from "react";
import type { Release } from "#lib/contracts/releases.ts";
import { Card } from "#components/shell/card.tsx";
import { ReleaseListHead, ReleaseRow } from "./release-row.tsx";

interface BoardListProps {
  title: string;
  /** What the last column tells. */
  last: string;
  releases: readonly Release[];
  /** What to say, and what to do, where there is none. */
  empty: ReactNode;
  children?: ReactNode;
}

/** A part of the board: releases that stand alike. */
export function BoardList({ title, last, releases, empty, children }: BoardListProps) {
  return (
    <Card title={releases.length === 0 ? title : `${title} · ${releases.length}`}>
      {releases.length === 0 ? (
        empty
      ) : (
        <div data-rows="">
          <ReleaseListHead last={last} />
          <ul aria-label={title}>
            {releases.map((release) => (
              <ReleaseRow key={release.id} release={release} />
            ))}
          </ul>
        </div>
      )}
      {children}
    </Card>
  );
}
