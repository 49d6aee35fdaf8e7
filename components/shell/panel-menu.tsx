"use client";

import { Code, Ellipsis, Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { QueryText } from "#lib/contracts/panels.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";

const QueryDialog = dynamic(() => import("./query-dialog.tsx").then((module) => module.QueryDialog));

/** What can be done with any panel: see the queries behind it, copy a link to it. */
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
        />
      )}
    </>
  );
}

function linkTo(anchor: string): string {
  const url = new URL(window.location.href);
  url.hash = anchor;
  return url.href;
}
