/** What was typed last and when; a key pair such as `g s` must follow within a second. */
export interface LastKey {
  key: string;
  atMs: number;
}
const PAIR_WITHIN_MS = 1000;

/** The names a key press can be bound under, the more specific first: after `g`, `s` is "g s" and "s". */
export function hotkeyNames(last: LastKey | null, key: string, nowMs: number): string[] {
  const paired = last !== null && nowMs - last.atMs <= PAIR_WITHIN_MS;
  return paired ? [`${last.key} ${key}`, key] : [key];
}

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: unknown;
}

/** Whether a press is meant for a field, a menu or the browser rather than for a shortcut. */
export function isForeignPress(press: KeyPress): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey || press.key === "Shift") return true;
  const target = press.target as { closest?: (selector: string) => unknown } | null;
  const foreign = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";
  return Boolean(target?.closest?.(foreign));
}
