"use client";

import { Copy } from "lucide-react";
import type { QueryText } from "#lib/contracts/panels.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

interface QueryDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  queries: readonly QueryText[];
}

/** The queries behind a panel as they were sent, each with a copy button. */
export function QueryDialog({ open, onOpenChange, queries }: QueryDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={queries.length > 1 ? "Queries" : "Query"}>
      <ul className="grid gap-3">
        {queries.map((query) => (
          <li key={`${query.source} ${query.expr}`}>
            <div className="text-small text-faint mb-1 flex items-center justify-between">
              {query.source}
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
