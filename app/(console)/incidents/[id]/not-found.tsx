import { EmptyState } from "#components/shell/states.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";

export default function IncidentNotFound() {
  return (
    <>
      <TopBar title="Incident not found" crumbs={[{ label: "Incidents", href: "/incidents" }]} />
      <main id="main" tabIndex={-1} className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="No incident at this address">
          <p>Its service may be out of your sight.</p>
          <p className="mt-2">
            <Link href="/incidents" className="text-accent underline">
              All incidents
            </Link>
          </p>
        </EmptyState>
      </main>
    </>
  );
}
