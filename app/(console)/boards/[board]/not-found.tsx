import { EmptyState } from "#components/shell/states.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";

export default function BoardNotFound() {
  return (
    <>
      <TopBar title="Board not found" crumbs={[{ label: "Boards", href: "/boards" }]} />
      <main id="main" tabIndex={-1} className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="There is no such board">
          <p>It may have been removed; the audit log says by whom.</p>
          <p className="mt-2">
            <Link href="/boards" className="text-accent underline">
              All boards
            </Link>
          </p>
        </EmptyState>
      </main>
    </>
  );
}
