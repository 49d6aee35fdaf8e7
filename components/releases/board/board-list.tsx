import type { ReactNode } from "react";
import type { Release } from "#lib/contracts/releases.ts";
import { Card } from "#components/shell/card.tsx";
import { ReleaseListHead, ReleaseRow } from "./release-row.tsx";

interface BoardListProps {
  title: string;
  aside?: ReactNode;
  releases: readonly Release[];
  /** What to say, and what to do, where there is none. */
  empty: ReactNode;
  children?: ReactNode;
}

/** A part of the board: releases that stand alike. */
export function BoardList({ title, aside, releases, empty, children }: BoardListProps) {
  return (
    <Card title={releases.length === 0 ? title : `${title} · ${releases.length}`} aside={aside}>
      {releases.length === 0 ? (
        empty
      ) : (
        <div data-rows="">
          <ReleaseListHead />
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
