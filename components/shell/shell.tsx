import type { ReactNode } from "react";
import { Navigation } from "./navigation.tsx";
import { Overlays } from "./overlays.tsx";

/** The frame of the console: navigation beside whatever page the address names. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <Overlays>
      <a
        href="#main"
        className="rounded-control bg-accent text-accent-ink fixed top-2 left-2 z-50 -translate-y-16 px-3 py-2 font-medium focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh max-sm:pb-(--bottom-bar-height)">
        <Navigation />
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
    </Overlays>
  );
}
