/** The grain of the ledger: five minutes, aligned to UTC. */
export const SLOT_MS = 300_000;
export const SLOT_MINUTES = 5;
export const SLOTS_PER_DAY = 288;
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** Slots from `from` up to, but without, `to`; both are slot indexes. */
export interface SlotRange {
  from: number;
  to: number;
}

/** The index of the slot that holds an instant: whole five minutes since 1970 in UTC. */
export function slotAt(atMs: number): number {
  return Math.floor(atMs / SLOT_MS);
}

/** When a slot begins, in ms. */
export function slotStartMs(slot: number): number {
  return slot * SLOT_MS;
}

/** The UTC day of a slot, counted from 1970-01-01: the row of the ledger it lies in. */
export function dayOfSlot(slot: number): number {
  return Math.floor(slot / SLOTS_PER_DAY);
}

/** The slots that cover a span of time, rounded outward: a span that touches a slot takes all of it. */
export function slotsOutward(startMs: number, endMs: number): SlotRange {
  return { from: slotAt(startMs), to: Math.ceil(endMs / SLOT_MS) };
}

/** Ranges in order, those that touch or overlap made one, empty ones dropped. */
export function mergeRanges(ranges: readonly SlotRange[]): SlotRange[] {
  const merged: SlotRange[] = [];
  const inOrder = ranges.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  for (const range of inOrder) {
    const last = merged.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}
