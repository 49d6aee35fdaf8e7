"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { PAGES } from "./pages.ts";
import { focusFilter, moveRowFocus } from "./row-focus.ts";
import { useHotkeys } from "./use-hotkeys.ts";
import { OverlayContext, type Overlay } from "./use-overlay.ts";

const CommandPalette = dynamic(() => import("./command-palette.tsx").then((module) => module.CommandPalette));
const KeyboardHelp = dynamic(() => import("./keyboard-help.tsx").then((module) => module.KeyboardHelp));

/** Holds the command palette and the keyboard help, and listens to the keys that work on every page. */
export function Overlays({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Overlay | null>(null);
  const [used, setUsed] = useState<ReadonlySet<Overlay>>(new Set());
  const router = useRouter();
  const show = (overlay: Overlay) => {
    setUsed((before) => new Set(before).add(overlay));
    setOpen(overlay);
  };
  const goTo = PAGES.map((page) => [`g ${page.key}`, () => router.push(page.href)] as const);
  useHotkeys({
    ...Object.fromEntries(goTo),
    "?": () => show("help"),
    "/": focusFilter,
    j: () => moveRowFocus(1),
    k: () => moveRowFocus(-1),
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      show("palette");
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  const close = (isOpen: boolean) => !isOpen && setOpen(null);
  return (
    <OverlayContext value={show}>
      {children}
      {used.has("palette") && <CommandPalette open={open === "palette"} onOpenChange={close} />}
      {used.has("help") && <KeyboardHelp open={open === "help"} onOpenChange={close} />}
    </OverlayContext>
  );
}
