"use client";

import { Search } from "lucide-react";
import { Link } from "#components/ui/link.tsx";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { useOverlay } from "./use-overlay.ts";
import { PersonMenu } from "./person-menu.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** A step of the way to a page, shown before its title. */
export interface Crumb {
  label: string;
  href: string;
}

interface TopBarProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** Lamps, time range and refresh, on pages that measure. */
  children?: ReactNode;
}

/** Title with breadcrumbs on the left; range, refresh, sources, search, theme and person on the right. */
export function TopBar({ title, crumbs = [], children }: TopBarProps) {
  const openOverlay = useOverlay();
  return (
    <header className="border-line-soft bg-bg sticky top-0 z-10 flex min-h-(--top-bar-height) flex-none items-center gap-2 border-b px-6 max-sm:px-3.5">
      <nav aria-label="Breadcrumbs" className="text-lead mr-auto flex min-w-0 items-baseline gap-1.5">
        {crumbs.map((crumb) => (
          <span key={crumb.href} className="text-faint flex flex-none gap-1.5 max-sm:hidden">
            <Link href={crumb.href} className="rounded-chip hover:text-ink">
              {crumb.label}
            </Link>
            <span aria-hidden="true">/</span>
          </span>
        ))}
        <h1 className="truncate font-semibold tracking-tight">{title}</h1>
      </nav>
      {children}
      <Button
        variant="ghost"
        size="icon"
        aria-label="Search and commands"
        onClick={() => openOverlay("palette")}
      >
        <Search size={15} aria-hidden="true" />
      </Button>
      <ThemeSwitch />
      <PersonMenu />
    </header>
  );
}
