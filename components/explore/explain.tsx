"use client";

import { ChevronRight } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";

// It brings the grammar of PromQL along.
const ExplainPanel = dynamic(() => import("./explain-panel.tsx").then((module) => module.ExplainPanel), {
  ssr: false,
  loading: () => <Skeleton className="h-16" />,
});

/** What the query does in plain words, for whoever asks. */
export function Explain({ query }: { query: string }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="border-line-soft border-t pt-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="text-dim hover:text-ink rounded-chip flex min-h-6 items-center gap-1.5"
      >
        <ChevronRight size={13} aria-hidden="true" className={open ? "rotate-90" : undefined} />
        Explain this query
      </button>
      {open && <ExplainPanel query={query} />}
    </div>
  );
}
