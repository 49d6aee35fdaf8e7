"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import { PagePanels } from "#components/shell/page-panels.tsx";
import { SourceLamps } from "#components/shell/source-lamps.tsx";
import { TopBar, type Crumb } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";
import { RELEASE_PAGE } from "./release-spec.ts";

const TABS = [
  { label: "Board", href: "/releases" },
  { label: "Decisions", href: "/releases/decisions" },
  { label: "Freezes", href: "/releases/freezes" },
  { label: "Policy", href: "/releases/policy" },
] as const;

interface ReleaseFrameProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** The source lamps as the server read them for the first paint. */
  lamps?: PanelLines;
  children: ReactNode;
}

/** A page of releases: what is shown asks again by itself. */
export function ReleaseFrame({ title, crumbs, lamps, children }: ReleaseFrameProps) {
  return (
    <PagePanels spec={RELEASE_PAGE} initial={lamps}>
      <TopBar title={title} crumbs={crumbs}>
        <SourceLamps />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-4 pb-10 outline-none max-sm:px-3.5"
      >
        <ReleaseTabs />
        {children}
      </main>
    </PagePanels>
  );
}

/** The parts of the section of releases; a release itself belongs to the board. */
function ReleaseTabs() {
  const path = usePathname();
  const here = TABS.findLast(({ href }) => path === href || path.startsWith(`${href}/`));
  return (
    <nav aria-label="Releases" className="border-line-soft flex gap-4 border-b">
      {TABS.map(({ label, href }) => (
        <Link
          key={href}
          href={href}
          aria-current={here?.href === href ? "page" : undefined}
          className={clsx(
            "-mb-px flex min-h-9 items-center border-b-2",
            here?.href === href
              ? "border-accent text-ink font-medium"
              : "text-dim hover:text-ink border-transparent",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
