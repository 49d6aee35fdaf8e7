import type { ReactNode } from "react";
import { BrandMark } from "#components/shell/brand.tsx";

/** The one card of a page for whoever is not inside yet. */
export function AccountCard({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className="w-full max-w-90">
      <p className="text-lead mb-5 flex items-center justify-center gap-2 font-semibold tracking-tight">
        <BrandMark />
        Burnline
      </p>
      <section className="rounded-panel border-line-soft bg-panel border px-6 py-6 max-sm:px-5">
        <h1 className="text-title font-semibold tracking-tight">{title}</h1>
        <p className="text-dim mt-1 mb-5">{lead}</p>
        {children}
      </section>
    </div>
  );
}
