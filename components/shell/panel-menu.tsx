"use client";

import { ChartSpline, Code, Ellipsis, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState, type ComponentProps } from "react";
import { explorePath } from "#lib/client/explore-view.ts";
import type { QueryText } from "#lib/contracts/panels.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTimeRange } from "./use-time-range.ts";

const QueryDialog = dynamic(() => import("./query-dialog.tsx").then((module) => module.QueryDialog));

/** What can be done with any panel: see the queries behind it and try them out, copy a link to it. */
export function PanelMenu({ anchor, queries }: { anchor: string; queries: readonly QueryText[] }) {
  const [dialog, setDialog] = useState<"unused" | "open" | "closed">("unused");
  const trigger = (
    <Button variant="ghost" size="iconSmall" aria-label="Panel actions" className="-mr-1.5">
      <Ellipsis size={14} aria-hidden="true" />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger}>
        {queries.length > 0 && (
          <MenuItem onSelect={() => setDialog("open")}>
            <Code size={14} aria-hidden="true" />
            View query
          </MenuItem>
        )}
        <ExploreItem queries={queries} onChoose={() => setDialog("open")} />
        <MenuItem onSelect={() => void navigator.clipboard.writeText(linkTo(anchor))}>
          <Link2 size={14} aria-hidden="true" />
          Copy link
        </MenuItem>
      </Menu>
      {dialog !== "unused" && (
        <Queries
          open={dialog === "open"}
          onOpenChange={(open) => setDialog(open ? "open" : "closed")}
          queries={queries}
        />
      )}
    </>
  );
}

/** Leads to Explore with the panel's query; of several one is chosen first. Reads the range only while it is open. */
function ExploreItem({ queries, onChoose }: { queries: readonly QueryText[]; onChoose: () => void }) {
  const router = useRouter();
  const { range } = useTimeRange();
  const [only, ...others] = queries;
  if (!only) return null;
  const several = others.length > 0;
  return (
    <MenuItem onSelect={() => (several ? onChoose() : router.push(explorePath(viewOf(only), range)))}>
      <ChartSpline size={14} aria-hidden="true" />
      {several ? "Open in Explore…" : "Open in Explore"}
    </MenuItem>
  );
}

function Queries(props: Omit<ComponentProps<typeof QueryDialog>, "exploreHref">) {
  const { range } = useTimeRange();
  return <QueryDialog {...props} exploreHref={(query) => explorePath(viewOf(query), range)} />;
}

function viewOf({ expr, language }: QueryText) {
  return { lang: language ?? ("promql" as const), q: expr };
}

function linkTo(anchor: string): string {
  const url = new URL(window.location.href);
  url.hash = anchor;
  return url.href;
}
