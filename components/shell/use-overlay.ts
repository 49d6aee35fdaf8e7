"use client";

import { createContext, use } from "react";

/** What can lie over any page. */
export type Overlay = "palette" | "help";

/** Provided by Overlays. */
export const OverlayContext = createContext<(overlay: Overlay) => void>(() => undefined);

/** Opens the palette or the keyboard help. */
export function useOverlay(): (overlay: Overlay) => void {
  return use(OverlayContext);
}
