"use client";

import { ChartSpline, Code, Ellipsis, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { explorePath } from "#lib/client/explore-view.ts";
import type { QueryText } from "#lib/contracts/panels.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useTimeRange } from "./use-time-range.ts";

const QueryDialog = dynamic(() => import("./query-dialog.tsx").then((module) => module.QueryDialog));

/** What can be done with any panel: see the queries behind it and try them out, copy a link to it. */
export function PanelMenu({ anchor, queries }: { anchor: string; queries: readonly QueryText[] }) {
  const router = useRouter();
  const { range } = useTimeRange();
  const [only, ...others] = queries;
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
        {only && (
          <MenuItem
            onSelect={() =>
              others.length > 0 ? setDialog("open") : router.push(explorePath(viewOf(only), range))
            }
          >
            <ChartSpline size={14} aria-hidden="true" />
            {others.length > 0 ? "Open in Explore…" : "Open in Explore"}
          </MenuItem>
        )}
        <MenuItem onSelect={() => void navigator.clipboard.writeText(linkTo(anchor))}>
          <Link2 size={14} aria-hidden="true" />
          Copy link
        </MenuItem>
      </Menu>
      {dialog !== "unused" && (
        <QueryDialog
          open={dialog === "open"}
          onOpenChange={(open) => setDialog(open ? "open" : "closed")}
          queries={queries}
          exploreHref={(query) => explorePath(viewOf(query), range)}
        />
      )}
    </>
  );
}

function viewOf({ expr, language }: QueryText) {
  return { lang: language ?? ("promql" as const), q: expr };
}

function linkTo(anchor: string): string {
  const url = new URL(window.location.href);
  url.hash = anchor;
  return url.href;
}
