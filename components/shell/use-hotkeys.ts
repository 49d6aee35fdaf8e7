"use client";

import { useEffect, useEffectEvent } from "react";
import { hotkeyNames, isForeignPress, type LastKey } from "./hotkey-sequence.ts";
import { usePreferences } from "./preferences.tsx";

/** Binds single keys ("t") and pairs ("g s") while mounted, unless the viewer turned shortcuts off. */
export function useHotkeys(bindings: Readonly<Record<string, () => void>>): void {
  const enabled = usePreferences().preferences.shortcuts === "on";
  const press = useEffectEvent((names: string[], event: KeyboardEvent) => {
    const name = names.find((candidate) => Object.hasOwn(bindings, candidate));
    if (name === undefined) return;
    event.preventDefault();
    bindings[name]?.();
  });
  useEffect(() => {
    if (!enabled) return;
    let last: LastKey | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isForeignPress(event)) return;
      const nowMs = event.timeStamp;
      press(hotkeyNames(last, event.key, nowMs), event);
      last = { key: event.key, atMs: nowMs };
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}
