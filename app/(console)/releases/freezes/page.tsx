import type { Metadata } from "next";
import { FreezesPage } from "#components/freezes/freezes-page.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import { calendarRange } from "#lib/client/freezes.queries.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listFreezes } from "#lib/server/services/freezes/list.ts";
import { listSpending } from "#lib/server/services/spending/spending.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Freezes";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

/** What the first answer carries, as of one instant. */
async function loadFreezes() {
  const actor = await pageActor();
  const loadedAtMs = Date.now();
  const [listed, agreed] = await Promise.all([
    listFreezes(actor, calendarRange(loadedAtMs)),
    listSpending(actor, {}),
  ]);
  return { loadedAtMs, freezes: listed.data.freezes, spending: agreed.data.spending };
}

export default async function Freezes({ searchParams }: Props) {
  const [{ lines }, loaded] = await Promise.all([loadPage(RELEASE_PAGE, searchParams), loadFreezes()]);
  return (
    <ReleaseFrame title={TITLE} crumbs={[{ label: "Releases", href: "/releases" }]} lamps={lines}>
      <FreezesPage {...loaded} />
    </ReleaseFrame>
  );
}
