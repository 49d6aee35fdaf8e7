import { setTimeout as sleep } from "node:timers/promises";
import { Suspense, type ComponentProps, type ReactNode } from "react";
import { PageSkeleton } from "#components/shell/page-skeleton.tsx";
import { Page } from "#components/shell/page.tsx";
import type { PageSpec } from "#lib/client/page-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "./load-page.ts";

/** A streamed part is shown up to half a second after it arrived; what is there by now is better sent whole. */
const SOON_MS = 400;

interface MeasuredPageProps extends Pick<ComponentProps<typeof Page>, "title" | "crumbs"> {
  spec: PageSpec;
  searchParams: Promise<RangeParams>;
  children: ReactNode;
}

/** A page of panels: whole in the first HTML when its data is there soon, else its skeleton first. */
export async function MeasuredPage({ searchParams, children, ...page }: MeasuredPageProps) {
  const loading = loadPage(page.spec, searchParams);
  const soon = await Promise.race([loading, sleep(SOON_MS, null)]);
  if (soon) {
    return (
      <Page {...page} initial={soon.lines}>
        {children}
      </Page>
    );
  }
  return (
    <Suspense fallback={<PageSkeleton title={page.title} crumbs={page.crumbs} />}>
      <LatePage {...page} loading={loading}>
        {children}
      </LatePage>
    </Suspense>
  );
}

type LatePageProps = Omit<MeasuredPageProps, "searchParams"> & { loading: ReturnType<typeof loadPage> };

async function LatePage({ loading, children, ...page }: LatePageProps) {
  const { lines } = await loading;
  return (
    <Page {...page} initial={lines}>
      {children}
    </Page>
  );
}
