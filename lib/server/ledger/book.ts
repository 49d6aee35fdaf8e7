import "server-only";
import { type DaySums, daySums, type LedgerDay, type LedgerView } from "#lib/domain/slo/slots/days.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { dayOfSlot, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import {
  findLedgerRows,
  findLedgerSums,
  type LedgerKey,
  type LedgerWrite,
  saveLedgerRows,
} from "#lib/server/db/ledger.repo.ts";
import { type MeasureProgress, saveProgress } from "#lib/server/db/measure.repo.ts";
import type { NowValue } from "./ask.ts";

interface BookDay extends LedgerDay {
  sums: DaySums;
  slots: { bad: Float64Array; total: Float64Array } | null;
  revision: number;
}

interface BookGroup {
  days: Map<number, BookDay>;
  now: NowValue | null;
}

/** Slot values by the measure's id, group and slot. */
export type SlotsByGroup = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, SlotValue>>>;

/** Somebody else writes the same ledger: what is in memory is out of date. */
export class NotAloneError extends Error {}

const gaps = () => new Float64Array(SLOTS_PER_DAY).fill(NaN);
const NO_DAY_SUMS: DaySums = { bad: 0, total: 0, coveredSlots: 0 };
/** Slots are kept at hand for days that were needed of late. */
const SLOTS_AT_HAND_DAYS = 5;

/**
 * The ledger as its one writer holds it: the sums of every day in memory, slots only of those days that are
 * written or cut. Readers elsewhere read the rows.
 */
export class LedgerBook {
  readonly #measures = new Map<string, Map<string, BookGroup>>();
  readonly #known = new Set<string>();
  #writing: Promise<unknown> = Promise.resolve();

  /** Reads the sums of measures that are not in the book yet, and forgets those not asked for any more. */
  async open(measureIds: readonly string[]): Promise<void> {
    const wanted = new Set(measureIds);
    for (const id of this.#known) if (!wanted.has(id)) this.#forget(id);
    const fresh = measureIds.filter((id) => !this.#known.has(id));
    if (fresh.length === 0) return;
    for (const row of await read((tx) => findLedgerSums(tx, fresh))) {
      const { measureId, groupKey, day, sums, revision } = row;
      this.#group(measureId, groupKey).days.set(day, { sums, slots: null, revision });
    }
    for (const id of fresh) this.#known.add(id);
  }

  #forget(id: string): void {
    this.#measures.delete(id);
    this.#known.delete(id);
  }

  #group(measureId: string, groupKey: string): BookGroup {
    const groups = this.#measures.get(measureId) ?? new Map<string, BookGroup>();
    this.#measures.set(measureId, groups);
    const group = groups.get(groupKey) ?? { days: new Map<number, BookDay>(), now: null };
    groups.set(groupKey, group);
    return group;
  }

  /** The groups that a measure has, or had within its history. */
  groupsOf(measureId: string): string[] {
    return [...(this.#measures.get(measureId)?.keys() ?? [])];
  }

  /** What was last known of a group's present; its open slot counts in every sum. */
  nowOf(measureId: string, groupKey: string): NowValue | null {
    return this.#measures.get(measureId)?.get(groupKey)?.now ?? null;
  }

  /** Notes the present of measures: a group that is not among the values has none. */
  setNow(values: ReadonlyMap<string, ReadonlyMap<string, NowValue>>): void {
    for (const [measureId, groups] of values) {
      for (const group of this.#measures.get(measureId)?.values() ?? []) group.now = null;
      for (const [groupKey, now] of groups) this.#group(measureId, groupKey).now = now;
    }
  }

  /** The first slot with data of a measure, whichever group has it; null without any. */
  firstSlotOf(measureId: string): number | null {
    const days = [...(this.#measures.get(measureId)?.values() ?? [])].flatMap(({ days }) =>
      [...days].filter(([, { sums }]) => sums.coveredSlots > 0),
    );
    const [first] = days.sort(([a], [b]) => a - b);
    if (!first) return null;
    const [day, { slots }] = first;
    const at = slots ? slots.total.findIndex((value) => !Number.isNaN(value)) : 0;
    return day * SLOTS_PER_DAY + Math.max(0, at);
  }

  /** A group's days for sums; the slots of the days that are cut must be at hand, see {@link bring}. */
  view(measureId: string, groupKey: string, openSlot: number): Pick<LedgerView, "day"> {
    const group = this.#measures.get(measureId)?.get(groupKey);
    const today = dayOfSlot(openSlot);
    const open = group?.now?.open;
    const soFar = group?.days.get(today);
    const openDay = open ? withOpenSlot(soFar, openSlot - today * SLOTS_PER_DAY, open) : soFar;
    return { day: (day) => (day === today ? openDay : group?.days.get(day)) };
  }

  /** Has the slots of days at hand, and lets go of older ones that nobody asked for. */
  async bring(keys: readonly LedgerKey[], today: number): Promise<void> {
    const needed = new Set(keys.map(keyText));
    for (const [measureId, groups] of this.#measures) {
      for (const [groupKey, { days }] of groups) {
        for (const [day, kept] of days) {
          const recent = day > today - SLOTS_AT_HAND_DAYS;
          if (kept.slots && !recent && !needed.has(keyText({ measureId, groupKey, day }))) kept.slots = null;
        }
      }
    }
    await this.#load(keys);
  }

  /** Reads the slots of days that are in the book by their sums alone. */
  async #load(keys: readonly LedgerKey[]): Promise<void> {
    const missing = keys.filter((key) => this.#day(key)?.slots === null);
    for (const row of await read((tx) => findLedgerRows(tx, missing))) {
      const kept = this.#day(row);
      if (kept?.revision !== row.revision) throw new NotAloneError("a day was written by somebody else");
      kept.slots = { bad: row.bad, total: row.total };
    }
  }

  #day({ measureId, groupKey, day }: LedgerKey): BookDay | undefined {
    return this.#measures.get(measureId)?.get(groupKey)?.days.get(day);
  }

  /**
   * Takes slots into the book and writes the days that changed, with the progress that goes with them, in one
   * transaction. A slot once measured never becomes a gap again. Writes follow each other.
   * @throws NotAloneError when somebody else wrote a day meanwhile; the book must be opened anew then
   */
  write(slots: SlotsByGroup, progress: readonly MeasureProgress[]): Promise<number> {
    const done = this.#writing.then(() => this.#write(slots, progress));
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #write(slots: SlotsByGroup, progress: readonly MeasureProgress[]): Promise<number> {
    await this.#bringDaysOf(slots);
    const changed = this.#changedDays(slots);
    await transaction(async (tx) => {
      const written = changed.length === 0 ? 0 : await saveLedgerRows(tx, changed);
      if (written !== changed.length) throw new NotAloneError("a day was written by somebody else");
      await saveProgress(tx, progress);
    });
    for (const { measureId, groupKey, day, bad, total, sums, revision } of changed) {
      const days = this.#group(measureId, groupKey).days;
      days.set(day, { sums, slots: { bad, total }, revision: revision + 1 });
    }
    return changed.length;
  }

  async #bringDaysOf(slots: SlotsByGroup): Promise<void> {
    const keys = new Map<string, LedgerKey>();
    forEachSlot(slots, (measureId, groupKey, slot) => {
      const key = { measureId, groupKey, day: dayOfSlot(slot) };
      keys.set(keyText(key), key);
    });
    await this.#load([...keys.values()]);
  }

  #changedDays(slots: SlotsByGroup): LedgerWrite[] {
    const changed = new Map<string, LedgerWrite>();
    forEachSlot(slots, (measureId, groupKey, slot, value) => {
      const key = { measureId, groupKey, day: dayOfSlot(slot) };
      const at = slot - key.day * SLOTS_PER_DAY;
      const kept = this.#day(key);
      if (kept?.slots?.bad[at] === value.bad && kept.slots.total[at] === value.total) return;
      const write = changed.get(keyText(key)) ?? copyOf(key, kept);
      write.bad[at] = value.bad;
      write.total[at] = value.total;
      changed.set(keyText(key), write);
    });
    return [...changed.values()].map((write) => ({ ...write, sums: daySums(write.bad, write.total) }));
  }

  /** The first gap from `from` up to `to` in any group of a measure; null when every slot was measured. */
  firstGap(measureId: string, { from, to }: { from: number; to: number }): number | null {
    const groups = [...(this.#measures.get(measureId)?.values() ?? [])];
    if (groups.length === 0) return from < to ? from : null;
    for (let slot = from; slot < to; slot++) {
      const day = dayOfSlot(slot);
      const isGap = ({ days }: BookGroup) => {
        const slots = days.get(day)?.slots;
        return !slots || Number.isNaN(slots.total[slot - day * SLOTS_PER_DAY]);
      };
      if (groups.some(isGap)) return slot;
    }
    return null;
  }
}

function copyOf(key: LedgerKey, kept: BookDay | undefined): LedgerWrite {
  const bad = kept?.slots?.bad.slice() ?? gaps();
  const total = kept?.slots?.total.slice() ?? gaps();
  return { ...key, bad, total, revision: kept?.revision ?? 0, sums: NO_DAY_SUMS };
}

function keyText({ measureId, groupKey, day }: LedgerKey): string {
  return `${measureId} ${day} ${groupKey}`;
}

function forEachSlot(
  slots: SlotsByGroup,
  visit: (measureId: string, groupKey: string, slot: number, value: SlotValue) => void,
): void {
  for (const [measureId, groups] of slots) {
    for (const [groupKey, values] of groups) {
      for (const [slot, value] of values) visit(measureId, groupKey, slot, value);
    }
  }
}

function withOpenSlot(day: BookDay | undefined, at: number, open: SlotValue): LedgerDay {
  const bad = day?.slots?.bad.slice() ?? gaps();
  const total = day?.slots?.total.slice() ?? gaps();
  bad[at] = open.bad;
  total[at] = open.total;
  return { slots: { bad, total }, sums: daySums(bad, total) };
}
