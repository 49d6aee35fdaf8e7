"use client";

import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { Link } from "#components/ui/link.tsx";
import { usePathname } from "next/navigation";
import { BrandMark } from "./brand.tsx";
import { isWithin, PAGE_GROUPS } from "./pages.ts";
import { usePreferences } from "./preferences.tsx";

/** The main navigation: a column that collapses to icons, a bottom bar on phones. */
export function Navigation() {
  const { preferences, choose } = usePreferences();
  const collapsed = preferences.navigation === "collapsed";
  const toggle = () => choose("navigation", collapsed ? "open" : "collapsed");
  const Toggle = collapsed ? PanelLeftOpen : PanelLeftClose;
  const hideCollapsed = collapsed ? "sm:hidden" : "";
  return (
    <nav
      aria-label="Main"
      className={`border-line-soft bg-bg max-sm:border-line max-sm:bg-panel z-20 flex max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:h-(--bottom-bar-height) max-sm:justify-around max-sm:border-t sm:sticky sm:top-0 sm:h-dvh sm:flex-none sm:flex-col sm:border-r sm:px-2.5 sm:py-3.5 ${collapsed ? "sm:w-(--nav-width-collapsed)" : "sm:w-(--nav-width)"}`}
    >
      <Link
        href="/"
        className="rounded-control text-lead mb-1.5 flex items-center gap-2 px-2 py-1 font-semibold tracking-tight max-sm:hidden"
      >
        <BrandMark />
        <span className={collapsed ? "sr-only" : ""}>Burnline</span>
      </Link>
      {PAGE_GROUPS.map((group) => (
        <div key={group.label} className="contents">
          <p
            className={`text-faint px-2 pt-3 pb-1 text-[10.5px] tracking-wider uppercase max-sm:hidden ${hideCollapsed}`}
          >
            {group.label}
          </p>
          {group.pages.map((page) => (
            <NavigationLink key={page.href} page={page} labelClass={hideCollapsed} />
          ))}
        </div>
      ))}
      <button
        type="button"
        onClick={toggle}
        aria-expanded={!collapsed}
        aria-label={collapsed ? "Open the navigation" : "Collapse the navigation"}
        className="rounded-control text-faint hover:bg-raised hover:text-ink mt-auto flex size-9 items-center justify-center max-sm:hidden"
      >
        <Toggle size={16} aria-hidden="true" />
      </button>
    </nav>
  );
}

type NavigationPage = (typeof PAGE_GROUPS)[number]["pages"][number];

function NavigationLink({ page, labelClass }: { page: NavigationPage; labelClass: string }) {
  const current = isWithin(page.href, usePathname());
  const Icon = page.icon;
  return (
    <Link
      href={page.href}
      aria-label={page.label}
      aria-current={current ? "page" : undefined}
      title={labelClass ? page.label : undefined}
      className={`rounded-control max-sm:text-small flex items-center gap-2.5 max-sm:min-w-0 max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 sm:mb-0.5 sm:h-8 sm:px-2.5 ${page.wide ? "max-sm:hidden" : ""} ${current ? "text-ink sm:bg-raised" : "text-dim hover:text-ink"}`}
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className={current ? "text-accent" : "text-faint"}
      />
      <span className={labelClass}>{page.label}</span>
    </Link>
  );
}
