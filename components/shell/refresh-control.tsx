"use client";

import { ChevronDown } from "lucide-react";
import { REFRESH_SECONDS } from "#lib/client/preferences.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useNow } from "./clock.ts";
import { useTick } from "./page-panels.tsx";
import { usePreferences } from "./preferences.tsx";

/** Refreshes now, counts down to the next tick, and sets how often that is. */
export function RefreshControl() {
  const { preferences, choose } = usePreferences();
  const tick = useTick();
  if (!tick) return null;
  const { everyMs } = tick;
  const fixed = everyMs === "fixed range";
  const label = fixed ? "fixed" : intervalWords(preferences.refreshSeconds);
  const explanation = fixed ? "A fixed range does not refresh by itself" : `Every ${label}`;
  const trigger = (
    <Button
      className="rounded-l-none border-l-0 px-1.5 max-sm:hidden"
      aria-label={`Refresh interval: ${label}`}
    >
      <span className="min-w-8 text-left">{label}</span>
      <ChevronDown size={12} aria-hidden="true" />
    </Button>
  );
  return (
    <div className="flex flex-none" role="group" aria-label="Refresh" title={explanation}>
      <Button className="px-2 sm:rounded-r-none" aria-label="Refresh now" onClick={tick.refresh}>
        <CountdownRing
          running={tick.running}
          endedAtMs={tick.endedAtMs}
          everyMs={typeof everyMs === "number" ? everyMs : null}
        />
      </Button>
      <Menu trigger={trigger}>
        {REFRESH_SECONDS.map((seconds) => (
          <MenuItem
            key={seconds}
            checked={preferences.refreshSeconds === seconds}
            onSelect={() => choose("refreshSeconds", seconds)}
          >
            {intervalWords(seconds)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

interface CountdownRingProps {
  running: boolean;
  endedAtMs: number;
  everyMs: number | null;
}

/**
 * Empties until the next tick; full and bright while one is running. It moves once a second: a stroke that moves all
 * the time keeps the page busy all the time.
 */
function CountdownRing({ running, endedAtMs, everyMs }: CountdownRingProps) {
  const nowMs = useNow() ?? endedAtMs;
  const spent = running ? 0 : everyMs === null ? 1 : (nowMs - endedAtMs) / everyMs;
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="-rotate-90">
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--line)" strokeWidth="2" />
      <circle
        cx="8"
        cy="8"
        r="6"
        fill="none"
        pathLength={1}
        strokeDasharray={1}
        strokeWidth="2"
        stroke={running ? "var(--accent)" : "var(--dim)"}
        strokeDashoffset={Math.min(1, Math.max(0, spent))}
      />
    </svg>
  );
}

function intervalWords(seconds: number): string {
  if (seconds === 0) return "off";
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} min`;
}
