import type { Metadata } from "next";
import { Suspense } from "react";
import { SERVICES_PAGE } from "#components/services/service-spec.ts";
import { ServicesList } from "#components/services/services-list.tsx";
import { PageSkeleton } from "#components/shell/page-skeleton.tsx";
import { Page } from "#components/shell/page.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../load-page.ts";

const TITLE = "Services";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function ServicesPage(props: Props) {
  return (
    <Suspense fallback={<PageSkeleton title={TITLE} />}>
      <Services {...props} />
    </Suspense>
  );
}

async function Services({ searchParams }: Props) {
  const { lines } = await loadPage(SERVICES_PAGE, searchParams);
  return (
    <Page title={TITLE} spec={SERVICES_PAGE} initial={lines}>
      <ServicesList />
    </Page>
  );
}
