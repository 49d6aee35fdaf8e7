import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { RecordPage } from "#components/releases/record/record-page.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { AppError } from "#lib/server/errors.ts";
import { getDecision } from "#lib/server/services/decisions/get.ts";
import { loadPage } from "../../../load-page.ts";
import { pageActor } from "../../../page-actor.ts";

const CRUMBS = [
  { label: "Releases", href: "/releases" },
  { label: "Decisions", href: "/releases/decisions" },
];
interface Props {
  params: Promise<{ record: string }>;
}

/** The record of a page, read once a request; one that is not there ends in the not-found page. */
const readRecord = cache(async (record: string) => {
  const actor = await pageActor();
  try {
    return await getDecision(actor, { record });
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    throw error;
  }
});

const titleOf = (seq: number) => `Record ${seq}`;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: titleOf((await readRecord(entityNameOf((await params).record))).seq) };
}

export default async function DecisionPage({ params }: Props) {
  await connection();
  const record = await readRecord(entityNameOf((await params).record));
  const { lines } = await loadPage(RELEASE_PAGE, Promise.resolve({}));
  return (
    <ReleaseFrame title={titleOf(record.seq)} crumbs={CRUMBS} lamps={lines}>
      <RecordPage record={record} />
    </ReleaseFrame>
  );
}
