import { useId, type ReactNode } from "react";

interface SectionProps {
  title: string;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  busy?: boolean;
  children: ReactNode;
}

/** A card of the page with its heading. */
export function Section({ title, actions, busy = false, children }: SectionProps) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      aria-busy={busy}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-7.5 flex-wrap items-center gap-2">
        <h2 id={headingId} className="text-dim mr-auto font-medium">
          {title}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
