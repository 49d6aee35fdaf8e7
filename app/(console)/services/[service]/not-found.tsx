import { Link } from "#components/ui/link.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";

export default function ServiceNotFound() {
  return (
    <>
      <TopBar title="Service not found" crumbs={[{ label: "Services", href: "/services" }]} />
      <main id="main" tabIndex={-1} className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="No service by this name">
          <p>
            Burnline finds services by the labels of their metrics. A service that never reported is not
            known, and names are told apart by case.
          </p>
          <p className="mt-2">
            <Link href="/services" className="text-accent underline">
              All services
            </Link>
          </p>
        </EmptyState>
      </main>
    </>
  );
}
