"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { PAGES } from "./pages.ts";
import { usePreferences } from "./preferences.tsx";

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ...PAGES.map((page) => [`g ${page.key}`, `Go to ${page.label}`] as const),
  ["j", "Next row"],
  ["k", "Previous row"],
  ["Enter", "Open the row"],
  ["/", "Filter this page"],
  ["t", "Time range"],
  ["⌘K", "Search and commands (Ctrl K)"],
  ["?", "This help"],
];

/** All keys, and the switch that turns the single ones off. */
export function KeyboardHelp({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { preferences, choose } = usePreferences();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr_auto_1fr]">
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-dim">{what}</dd>
          </div>
        ))}
      </dl>
      <label className="border-line-soft text-dim mt-4 flex items-center gap-2 border-t pt-3">
        <input
          type="checkbox"
          className="accent-(--accent)"
          checked={preferences.shortcuts === "on"}
          onChange={(event) => choose("shortcuts", event.target.checked ? "on" : "off")}
        />
        Single-key shortcuts
      </label>
    </Dialog>
  );
}
