/** Moves the focus to the link of the next or previous row, in the table that has it or the page's first. */
export function moveRowFocus(by: 1 | -1): void {
  const active = document.activeElement;
  const table = active?.closest("[data-rows]") ?? document.querySelector("[data-rows]");
  const links = [...(table?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])];
  const current = links.findIndex((link) => link === active);
  const next = current === -1 ? links[0] : links[current + by];
  next?.focus();
}

/** Puts the cursor into the page's filter, if it has one. */
export function focusFilter(): void {
  document.querySelector<HTMLElement>("[data-filter]")?.focus();
}
