import type { Metadata } from "next";
import { FreezesPage } from "#components/freezes/freezes-page.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../load-page.ts";

const TITLE = "Freezes";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function Freezes({ searchParams }: Props) {
  const { lines } = await loadPage(RELEASE_PAGE, searchParams);
  return (
    <ReleaseFrame title={TITLE} crumbs={[{ label: "Releases", href: "/releases" }]} lamps={lines}>
      <FreezesPage />
    </ReleaseFrame>
  );
}
