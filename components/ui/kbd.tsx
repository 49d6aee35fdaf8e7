import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-chip border-line bg-raised text-small text-dim inline-flex h-5 min-w-5 items-center justify-center border px-1 font-sans">
      {children}
    </kbd>
  );
}
