import type { Metadata } from "next";
import { connection } from "next/server";
import { ReleasePage } from "#components/releases/page/release-page.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { loadPage } from "../../load-page.ts";
import { readRelease } from "./read-release.ts";

const CRUMBS = [{ label: "Releases", href: "/releases" }];
interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { service, version } = await readRelease(entityNameOf((await params).id));
  return { title: `${service} ${harmlessText(version)}` };
}

export default async function OneReleasePage({ params }: Props) {
  await connection();
  const release = await readRelease(entityNameOf((await params).id));
  const { lines } = await loadPage(RELEASE_PAGE, Promise.resolve({}));
  return (
    <ReleaseFrame title={`${release.service} ${harmlessText(release.version)}`} crumbs={CRUMBS} lamps={lines}>
      <ReleasePage key={release.id} initial={release} />
    </ReleaseFrame>
  );
}
