import { useId, type ReactNode } from "react";

interface CardProps {
  title: string;
  about: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A card of the page: what it is for, what can be done, and what there is. */
export function Card({ title, about, actions, children }: CardProps) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2.5 flex min-h-7.5 flex-wrap items-center gap-x-3 gap-y-2">
        <div className="mr-auto min-w-0">
          <h2 id={headingId} className="font-medium">
            {title}
          </h2>
          <p className="text-dim max-w-prose">{about}</p>
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Why the server refused; what was typed stays. */
export function Refusal({ title, detail }: { title: string; detail: string }) {
  return (
    <div role="alert" className="rounded-control border-warning border px-3 py-2">
      <p className="font-medium">{title}</p>
      <p className="text-dim break-words">{detail}</p>
    </div>
  );
}
