import type { Metadata } from "next";
import { PolicyLab } from "#components/gate-policy/policy-lab.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { getGatePolicy } from "#lib/server/services/gate-policy/show.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Gate policy";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function Policy({ searchParams }: Props) {
  const [{ lines }, { policy }] = await Promise.all([
    loadPage(RELEASE_PAGE, searchParams),
    getGatePolicy(await pageActor()),
  ]);
  return (
    <ReleaseFrame title={TITLE} crumbs={[{ label: "Releases", href: "/releases" }]} lamps={lines}>
      <PolicyLab initial={policy} />
    </ReleaseFrame>
  );
}
