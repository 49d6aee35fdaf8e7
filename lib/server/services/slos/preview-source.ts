import "server-only";
import { type Reading, readingOf } from "#lib/domain/slo/budget/reading.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { compositeReading } from "#lib/domain/slo/journeys/composite.ts";
import { prefixOf, type SlotPrefix, sumBetween } from "#lib/domain/slo/slots/prefix.ts";
import { type SlotSeries, withCorrections, withExclusions } from "#lib/domain/slo/slots/series.ts";
import type { SlotRange } from "#lib/domain/slo/slots/slot.ts";
import { NO_SUMS, settle } from "#lib/domain/slo/slots/sums.ts";
import type { EntryRecord } from "#lib/server/db/slo-entry.repo.ts";
import type { NowValue } from "#lib/server/ledger/ask.ts";
import { changesOf } from "#lib/server/ledger/changes.ts";
import type { SloInForce } from "#lib/server/ledger/in-force.ts";
import type { LedgerSource } from "#lib/server/ledger/source.ts";
import type { GroupSlots, MeasureSlots, PreviewSpan } from "./preview-slots.ts";

/** The ledger of a preview: what was measured for an SLO that need not be saved, or for the steps of a journey. */
export interface PreviewSource extends LedgerSource {
  /** The reading of any range, by the SLO's own rules. */
  over: (slo: SloInForce, group: string) => (range: SlotRange) => Reading;
  isExcluded: (slo: SloInForce, group: string) => (slot: number) => boolean;
  /** The first slot with data; null without any. */
  firstSlotOf: (slo: SloInForce) => number | null;
}

export interface PreviewFacts {
  span: PreviewSpan;
  /** By the measure's id. */
  slots: ReadonlyMap<string, MeasureSlots>;
  /** By the SLO's id: exclusions and corrections that people added. */
  entries: ReadonlyMap<string, readonly EntryRecord[]>;
  /** SLOs by their keys, for the steps of a journey. */
  byKey: ReadonlyMap<string, SloInForce>;
}

const NO_SERIES: SlotSeries = { firstSlot: 0, bad: [], total: [] };
const NOTHING = readingOf(NO_SUMS);

interface Counted {
  prefix: SlotPrefix;
  now: NowValue | null;
}

/** Where history begins: what lies before is not missing. */
function firstData(groups: Iterable<GroupSlots>, { from }: PreviewSpan): number | null {
  const starts = [...groups].map(({ total, now }) => {
    const at = total.findIndex((value) => !Number.isNaN(value));
    return at >= 0 ? at : now?.open ? total.length - 1 : Infinity;
  });
  const first = Math.min(...starts);
  return Number.isFinite(first) ? from + first : null;
}

function seriesOf(
  { bad, total, now }: GroupSlots,
  first: number,
  { from, openSlot }: PreviewSpan,
): SlotSeries {
  const series = { firstSlot: first, bad: bad.slice(first - from), total: total.slice(first - from) };
  if (now?.open) {
    series.bad[openSlot - first] = now.open.bad;
    series.total[openSlot - first] = now.open.total;
  }
  return series;
}

/** Makes measured slots readable as the evaluator reads the ledger. */
export function previewSource({ span, slots, entries, byKey }: PreviewFacts): PreviewSource {
  const made = new Map<string, Counted>();
  const groupsOfMeasure = ({ measureId }: SloInForce) => slots.get(measureId ?? "")?.groups;
  const count = (slo: SloInForce, group: string): Counted => {
    const known = made.get(JSON.stringify([slo.id, group]));
    if (known) return known;
    const groups = groupsOfMeasure(slo);
    const own = groups?.get(group);
    const first = firstData(groups?.values() ?? [], span);
    const raw = own && first !== null ? seriesOf(own, first, span) : NO_SERIES;
    const whole = { from: span.from, to: span.openSlot + 1 };
    const { excluded, corrections } = changesOf(slo.definition, entries.get(slo.id) ?? [], whole);
    const prefix = prefixOf(withExclusions(withCorrections(raw, corrections), excluded));
    const counted = { prefix, now: own?.now ?? null };
    made.set(JSON.stringify([slo.id, group]), counted);
    return counted;
  };
  const excludedAt = (slo: SloInForce, group: string) => (slot: number) =>
    sumBetween(count(slo, group).prefix, { from: slot, to: slot + 1 }).excludedSlots > 0;
  const over: PreviewSource["over"] = (slo, group) => {
    const { sli, onMissing } = slo.definition;
    if (sli.kind !== "composite") {
      const { prefix } = count(slo, group);
      return (range) => readingOf(settle(sumBetween(prefix, range), onMissing));
    }
    const steps = sli.steps.map(({ slo: key, weight = 0, onCriticalPath }) => {
      const step = byKey.get(key);
      return { read: step ? over(step, WHOLE) : () => NOTHING, weight, onCriticalPath };
    });
    return (range) =>
      compositeReading(
        sli.combine,
        steps.map(({ read, ...step }) => ({ ...step, reading: read(range) })),
      );
  };
  return {
    over,
    isExcluded: excludedAt,
    firstSlotOf: (slo) => {
      const { sli } = slo.definition;
      if (sli.kind !== "composite") return firstData(groupsOfMeasure(slo)?.values() ?? [], span);
      const firsts = sli.steps.flatMap(({ slo: key }) => {
        const step = byKey.get(key);
        return (step && firstData(groupsOfMeasure(step)?.values() ?? [], span)) ?? [];
      });
      return firsts.length === 0 ? null : Math.min(...firsts);
    },
    groupsOf: (slo) => {
      const groups = [...(groupsOfMeasure(slo)?.keys() ?? [])];
      return groups.length === 0 && slo.definition.groupBy.length === 0 ? [WHOLE] : groups;
    },
    entry: (slo, group) => {
      const { prefix, now } = count(slo, group);
      const silenced = excludedAt(slo, group)(span.openSlot);
      return { now, silenced, sums: (range) => sumBetween(prefix, range) };
    },
  };
}
