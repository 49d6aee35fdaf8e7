"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { ReleaseFilter } from "#lib/client/release-filter.ts";
import { releasesQuery } from "#lib/client/releases.queries.ts";
import type { Release, ReleasePage } from "#lib/contracts/releases.ts";
import { Card } from "#components/shell/card.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { NotThere, StaleLine } from "../not-there.tsx";
import { useReleaseFilter } from "../use-release-filter.ts";
import { BoardList } from "./board-list.tsx";
import { GateRecordCard } from "./gate-record-card.tsx";
import { NoReleases, NothingMatches } from "./no-releases.tsx";
import { ReleaseFilterBar } from "./release-filter-bar.tsx";
import { RequestButton } from "./request-button.tsx";

interface ReleaseBoardProps {
  /** What the server read for the first paint, and for which filter. */
  initial?: { filter: ReleaseFilter; open: ReleasePage; over: ReleasePage };
}

const waitsForMe = ({ may }: Release) => may.review || may.override;
const goesOut = ({ state }: Release) => state === "approved" || state === "deploying";

/** Releases by what they wait for: me, others, their deploy; and those that are over. */
export function ReleaseBoard({ initial }: ReleaseBoardProps) {
  const { wanted, clear } = useReleaseFilter();
  const open = useReleases(wanted, true, initial);
  const over = useReleases(wanted, false, initial);
  const filtered = Object.keys(wanted).length > 0;
  if (!open.releases || !over.releases) {
    const failed = open.releases ? over : open;
    return (
      <>
        <Head about={wanted} />
        <Card title="Releases">
          <NotThere
            error={failed.query.error}
            onRetry={() => void failed.query.refetch()}
            skeleton={<ListSkeleton rows={8} rowHeight="h-11" />}
          />
        </Card>
      </>
    );
  }
  const nothing = open.releases.length + over.releases.length === 0;
  return (
    <>
      <Head about={wanted} />
      <StaleLine error={open.query.error} updatedAtMs={open.query.dataUpdatedAt} />
      {nothing ? (
        <Card title="Releases">{filtered ? <NothingMatches onClear={clear} /> : <NoReleases />}</Card>
      ) : (
        <Lists
          open={open.releases}
          over={over.releases}
          more={[open.query, over.query]}
          service={wanted.service}
        />
      )}
    </>
  );
}

function useReleases(wanted: ReleaseFilter, open: boolean, initial: ReleaseBoardProps["initial"]) {
  const fits = JSON.stringify(initial?.filter) === JSON.stringify(wanted);
  const page = open ? initial?.open : initial?.over;
  const query = useInfiniteQuery({
    ...releasesQuery(wanted, open),
    placeholderData: keepPreviousData,
    initialData: page && fits ? { pages: [page], pageParams: [null] } : undefined,
  });
  // A state that is asked for decides alone: then both lists hold the same releases.
  const all = query.data?.pages.flatMap(({ data }) => data.releases);
  return { query, releases: all?.filter((release) => release.open === open) };
}
type More = ReturnType<typeof useReleases>["query"];

function Head({ about }: { about: ReleaseFilter }) {
  return (
    <div className="flex items-start justify-between gap-2 max-lg:flex-col">
      <ReleaseFilterBar />
      <RequestButton service={about.service} />
    </div>
  );
}

interface ListsProps {
  open: readonly Release[];
  over: readonly Release[];
  more: readonly [More, More];
  /** The one that the board is narrowed to. */
  service: string | undefined;
}

const NEXT = "What is next";

function Lists({ open, over, more: [moreOpen, moreOver], service }: ListsProps) {
  const mine = open.filter(waitsForMe);
  const out = open.filter(goesOut);
  const others = open.filter((release) => !waitsForMe(release) && !goesOut(release));
  return (
    <>
      <BoardList
        title="Waiting for you"
        last={NEXT}
        releases={mine}
        empty={<Quiet>Nothing waits for you.</Quiet>}
      />
      {out.length > 0 && (
        <BoardList title="Approved and going out" last="Lease" releases={out} empty={null} />
      )}
      {others.length > 0 && (
        <BoardList title="Waiting for others" last={NEXT} releases={others} empty={null} />
      )}
      <ShowMore query={moreOpen}>Show more that are open</ShowMore>
      <GateRecordCard service={service} />
      <BoardList title="Recent" last="How it ended" releases={over} empty={<Quiet>None is over yet.</Quiet>}>
        <ShowMore query={moreOver}>Show older ones</ShowMore>
      </BoardList>
    </>
  );
}

function Quiet({ children }: { children: string }) {
  return <p className="text-dim">{children}</p>;
}

function ShowMore({ query, children }: { query: More; children: string }) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      className="mt-3 justify-self-start"
      disabled={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {children}
    </Button>
  );
}
