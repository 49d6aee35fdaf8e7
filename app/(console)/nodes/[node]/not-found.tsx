import { Link } from "#components/ui/link.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";

export default function NodeNotFound() {
  return (
    <>
      <TopBar title="Node not found" crumbs={[{ label: "Nodes", href: "/nodes" }]} />
      <main id="main" tabIndex={-1} className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="No node by this name">
          <p>
            Burnline finds nodes by node_exporter and by Kubernetes. A node that neither reports on is not
            known, and names are told apart by case.
          </p>
          <p className="mt-2">
            <Link href="/nodes" className="text-accent underline">
              All nodes
            </Link>
          </p>
        </EmptyState>
      </main>
    </>
  );
}
