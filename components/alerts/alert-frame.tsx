"use client";

import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { ALERTS_KEY } from "#lib/client/alerts.queries.ts";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import { PagePanels, useTick } from "#components/shell/page-panels.tsx";
import { RefreshControl } from "#components/shell/refresh-control.tsx";
import { SourceLamps } from "#components/shell/source-lamps.tsx";
import { TopBar, type Crumb } from "#components/shell/top-bar.tsx";
import { Link } from "#components/ui/link.tsx";
import { ALERT_PAGE } from "./alert-spec.ts";

const TABS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Silences", href: "/alerts/silences" },
  { label: "Rules", href: "/alerts/rules" },
  { label: "Runbooks", href: "/alerts/runbooks" },
] as const;

interface AlertFrameProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** The source lamps as the server read them for the first paint. */
  lamps?: PanelLines;
  children: ReactNode;
}

/** A page of alerts, silences, rules or runbooks: each tick of the top bar asks for them again. */
export function AlertFrame({ title, crumbs, lamps, children }: AlertFrameProps) {
  return (
    <PagePanels spec={ALERT_PAGE} initial={lamps}>
      <TopBar title={title} crumbs={crumbs}>
        <SourceLamps />
        <RefreshControl />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-4 pb-10 outline-none max-sm:px-3.5"
      >
        <AlertTicks />
        <AlertTabs />
        {children}
      </main>
    </PagePanels>
  );
}

/** The parts of the section of alerts. */
export function AlertTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Alerts" className="border-line-soft flex gap-4 border-b">
      {TABS.map(({ label, href }) => {
        const here = path === href || (href !== "/alerts" && path.startsWith(`${href}/`));
        return (
          <Link
            key={href}
            href={href}
            aria-current={here ? "page" : undefined}
            className={clsx(
              "-mb-px flex min-h-9 items-center border-b-2",
              here ? "border-accent text-ink font-medium" : "text-dim hover:text-ink border-transparent",
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}

/** Has every tick of the page ask for the alerts again; what is there stays until the new answer comes. */
function AlertTicks() {
  const client = useQueryClient();
  const endedAtMs = useTick()?.endedAtMs;
  const seenMs = useRef(endedAtMs);
  useEffect(() => {
    if (seenMs.current === endedAtMs) return;
    const first = seenMs.current === 0;
    seenMs.current = endedAtMs;
    if (!first) void client.invalidateQueries({ queryKey: [ALERTS_KEY] });
  }, [client, endedAtMs]);
  return null;
}
