import { Link } from "#components/ui/link.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { EmptyState } from "#components/shell/states.tsx";

export default function NotFound() {
  return (
    <>
      <TopBar title="Not found" />
      <main id="main" className="px-6 py-5 max-sm:px-3.5">
        <EmptyState title="There is no page at this address">
          It may have been moved, or a letter is missing.{" "}
          <Link href="/" className="text-accent underline">
            Go to Health
          </Link>
        </EmptyState>
      </main>
    </>
  );
}
