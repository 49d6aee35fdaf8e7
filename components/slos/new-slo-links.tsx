"use client";

import { Plus, Sparkles } from "lucide-react";
import type { ReactNode } from "react";
import { useMay } from "#components/shell/me.tsx";
import { Link } from "#components/ui/link.tsx";

const LINK = "rounded-control inline-flex h-7.5 items-center gap-1.5 border px-2.5 whitespace-nowrap";

/** The ways to a new SLO, for whoever may draft one. */
export function NewSloLinks() {
  const may = useMay("slos:draft");
  if (!may) return null;
  return (
    <div className="flex gap-2">
      <Way href="/slos/propose" className="border-line text-dim hover:border-line-strong hover:text-ink">
        <Sparkles size={14} aria-hidden="true" />
        Propose SLOs
      </Way>
      <Way href="/slos/new" className="border-accent bg-accent text-accent-ink font-medium">
        <Plus size={14} aria-hidden="true" />
        New SLO
      </Way>
    </div>
  );
}

function Way({ href, className, children }: { href: string; className: string; children: ReactNode }) {
  return (
    <Link href={href} className={`${LINK} ${className}`}>
      {children}
    </Link>
  );
}
