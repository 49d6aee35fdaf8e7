/** A CSS colour such as `var(--s1)` as a canvas takes it: what it means at this element, in the theme in force. */
export function readColor(place: HTMLElement, color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  place.append(probe);
  const read = getComputedStyle(probe).color;
  probe.remove();
  return read;
}

/** Calls back when the theme changes, by the viewer's choice or the system's; answers how to stop that. */
export function onThemeChange(listener: () => void): () => void {
  const chosen = new MutationObserver(listener);
  chosen.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", listener);
  return () => {
    chosen.disconnect();
    system.removeEventListener("change", listener);
  };
}
