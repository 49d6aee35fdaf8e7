import type { Metadata } from "next";
import { ReleaseBoard } from "#components/releases/board/release-board.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import { readReleaseFilter, type ReleaseParams, releaseQueryText } from "#lib/client/release-filter.ts";
import { listReleases } from "#lib/server/services/releases/list.ts";
import { loadPage } from "../load-page.ts";
import { pageActor } from "../page-actor.ts";

const TITLE = "Releases";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<ReleaseParams>;
}

export default async function ReleasesPage({ searchParams }: Props) {
  const actor = await pageActor();
  const filter = readReleaseFilter(await searchParams);
  const read = (open: boolean) =>
    listReleases(actor, Object.fromEntries(new URLSearchParams(releaseQueryText(filter, open, null))));
  // What cannot be read now the browser asks for itself, and says why.
  const reading = Promise.all([read(true), read(false)]).catch(() => undefined);
  const [pages, { lines }] = await Promise.all([reading, loadPage(RELEASE_PAGE, Promise.resolve({}))]);
  return (
    <ReleaseFrame title={TITLE} lamps={lines}>
      <ReleaseBoard initial={pages && { filter, open: pages[0], over: pages[1] }} />
    </ReleaseFrame>
  );
}
