import { clsx } from "clsx";
import { useId, type ReactNode } from "react";

interface CardProps {
  title: ReactNode;
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Card({ title, aside, className, children }: CardProps) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className={clsx("rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5", className)}
    >
      <header className="mb-2.5 flex min-h-6 items-center justify-between gap-3">
        <h2 id={headingId} className="text-dim min-w-0 font-medium">
          {title}
        </h2>
        {aside && <span className="text-small text-faint flex flex-none items-center gap-2">{aside}</span>}
      </header>
      {children}
    </section>
  );
}
