import type { Metadata } from "next";
import { SERVICES_PAGE } from "#components/services/service-spec.ts";
import { ServicesList } from "#components/services/services-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { MeasuredPage } from "../measured-page.tsx";

const TITLE = "Services";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function ServicesPage({ searchParams }: Props) {
  return (
    <MeasuredPage title={TITLE} spec={SERVICES_PAGE} searchParams={searchParams}>
      <ServicesList />
    </MeasuredPage>
  );
}
