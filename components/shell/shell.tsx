import type { ReactNode } from "react";
import type { Incident } from "#lib/contracts/incidents.ts";
import { AlarmBanner } from "./alarm-banner.tsx";
import { Live } from "./live.tsx";
import { Navigation } from "./navigation.tsx";
import { Overlays } from "./overlays.tsx";

/**
 * The frame of the console: navigation beside whatever page the address names, under what nobody may overlook. `alarms`
 * are those of the first paint.
 */
export function Shell({ alarms, children }: { alarms?: Incident[]; children: ReactNode }) {
  return (
    <Live>
      <Overlays>
        <a
          href="#main"
          className="rounded-control bg-accent text-accent-ink fixed top-2 left-2 z-50 -translate-y-16 px-3 py-2 font-medium focus:translate-y-0"
        >
          Skip to content
        </a>
        <div className="flex min-h-dvh max-sm:pb-(--bottom-bar-height)">
          <Navigation />
          <div className="flex min-w-0 flex-1 flex-col">
            <AlarmBanner initial={alarms} />
            {children}
          </div>
        </div>
      </Overlays>
    </Live>
  );
}
