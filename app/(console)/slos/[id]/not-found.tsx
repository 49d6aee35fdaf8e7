import { EmptyState } from "#components/shell/states.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";

export default function SloNotFound() {
  return (
    <>
      <TopBar title="SLO not found" crumbs={[{ label: "SLOs", href: "/slos" }]} />
      <main id="main" tabIndex={-1} className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="No SLO at this address">
          <p>It may have been deleted, or its service is out of your sight.</p>
          <p className="mt-2">
            <Link href="/slos" className="text-accent underline">
              All SLOs
            </Link>
          </p>
        </EmptyState>
      </main>
    </>
  );
}
