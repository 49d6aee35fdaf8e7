"use client";

import { Copy } from "lucide-react";
import type { QueryText } from "#lib/contracts/panels.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Link } from "#components/ui/link.tsx";

interface QueryDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  queries: readonly QueryText[];
  /** Where a query can be tried out. */
  exploreHref: (query: QueryText) => string;
}

/** The queries behind a panel as they were sent, each with a copy button. */
export function QueryDialog({ open, onOpenChange, queries, exploreHref }: QueryDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={queries.length > 1 ? "Queries" : "Query"}>
      <ul className="grid gap-3">
        {queries.map((query) => (
          <li key={`${query.source} ${query.expr}`}>
            <div className="text-small text-faint mb-1 flex items-center justify-between">
              <span className="mr-auto">{query.source}</span>
              <Link
                href={exploreHref(query)}
                className="rounded-chip text-accent mr-1 inline-flex min-h-6 items-center underline"
              >
                Open in Explore
              </Link>
              <Button
                variant="ghost"
                size="iconSmall"
                aria-label="Copy this query"
                onClick={() => void navigator.clipboard.writeText(query.expr)}
              >
                <Copy size={13} aria-hidden="true" />
              </Button>
            </div>
            <pre className="rounded-control border-line-soft bg-bg border p-3 font-mono text-[12px] break-words whitespace-pre-wrap">
              {query.expr}
            </pre>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
