"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMe } from "#components/shell/me.tsx";
import { isWithin } from "#components/shell/pages.ts";
import { TopBar } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";
import { SETTINGS, settingsOf } from "./settings-entries.ts";

const CRUMBS = [{ label: "Settings", href: "/settings" }];

/** On a phone there is no room for all of them at once. */
const bringIntoView = (link: HTMLElement | null) =>
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });

/** What all settings stand in: the top bar, the settings the viewer may see, and the page's own content. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const path = usePathname();
  const current = SETTINGS.find(({ href }) => isWithin(href, path));
  return (
    <>
      <TopBar title={current?.label ?? "Settings"} crumbs={current && CRUMBS} />
      <nav
        aria-label="Settings"
        className="border-line-soft flex gap-1 overflow-x-auto border-b px-4.5 max-sm:px-2"
      >
        {settingsOf(useMe()).map(({ label, href }) => (
          <Link
            key={href}
            href={href}
            ref={href === current?.href ? bringIntoView : undefined}
            aria-current={href === current?.href ? "page" : undefined}
            className={clsx(
              "-mb-px flex h-9 flex-none items-center border-b-2 px-2 -outline-offset-2 max-sm:h-11",
              href === current?.href
                ? "border-accent text-ink font-medium"
                : "text-dim hover:text-ink border-transparent",
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      <main
        id="main"
        tabIndex={-1}
        className="grid content-start gap-4 px-6 pt-5 pb-10 outline-none max-sm:px-3.5"
      >
        {children}
      </main>
    </>
  );
}
