import { useId, type ReactNode } from "react";

/** A part of the account settings: what it is about on the left, what can be done on the right. */
export function AccountSection({
  title,
  about,
  children,
}: {
  title: string;
  about: string;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-panel border-line-soft bg-panel grid gap-x-8 gap-y-4 border px-4 py-4 lg:grid-cols-[240px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={headingId} className="text-lead font-semibold">
          {title}
        </h2>
        <p className="text-dim mt-1">{about}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
