import { writeDecimal } from "../decimal.ts";
import type { SloDefinition } from "../definition/definition.ts";
import type { Comparison } from "../definition/sli.ts";
import { unlessExcluded } from "./exclusion-rule.ts";
import { type TilePart, tileMinutes, tileRecord } from "./records.ts";
import type { RecordingRule } from "./rule.ts";
import { onGroup, recorded, recordLabels } from "./rule-labels.ts";
import { type Measured, tileQueries } from "./tile-queries.ts";

/** For so long a group whose series are gone still counts as missing. */
const REMEMBERED = "1d";

function passesBool(value: string, { operator, value: limit }: Comparison): string {
  return `(${value} ${operator} bool ${writeDecimal(limit)})`;
}

/** Writes the rules of one SLO's tiles. */
class TileWriter {
  readonly definition: SloDefinition;
  private readonly on: string;

  constructor(definition: SloDefinition) {
    this.definition = definition;
    this.on = onGroup(definition);
  }

  rule(part: TilePart, expr: string): RecordingRule {
    const { definition } = this;
    return {
      kind: "record",
      name: tileRecord(part, definition),
      expr,
      labels: recordLabels(definition),
    };
  }

  tile(part: TilePart): string {
    return recorded(tileRecord(part, this.definition), this.definition);
  }

  /** The total, a gap where it or what was counted is no number. */
  private wholeTotal(total: string): string {
    const counted = this.tile("counted");
    return `(${total}) >= 0 < +Inf unless ${this.on} (${counted} - ${counted} != 0)`;
  }

  /** What was counted; nothing is 0 wherever there is a total. */
  private countedOrZero(total: string): string {
    return `(${this.tile("counted")} or ${this.on} 0 * ${total})`;
  }

  /** Each event counts. */
  occurrences({ form, numerator, total }: Extract<Measured, { kind: "events" }>): RecordingRule[] {
    const all = this.tile("total");
    const counted = this.countedOrZero(all);
    return [
      this.rule("counted", numerator),
      this.rule("total", `${this.wholeTotal(total)}${unlessExcluded(this.definition)}`),
      this.rule(
        "bad",
        form === "bad" ? `${counted} and ${this.on} ${all}` : `${all} - ${this.on} ${counted}`,
      ),
    ];
  }

  /** Each slice counts, by the share of its events or by whether that share is good enough; empty ones drop out. */
  slicesOfEvents(
    { form, numerator, total }: Extract<Measured, { kind: "events" }>,
    sliceGood: Comparison | null,
  ): RecordingRule[] {
    const events = this.tile("events");
    const share = `clamp_max(${this.countedOrZero(events)} / ${this.on} (${events} > 0), 1)`;
    const good = form === "good" ? share : `(1 - ${share})`;
    const bad = sliceGood === null ? `1 - ${good}` : `1 - ${passesBool(roundedRatio(good), sliceGood)}`;
    return [
      this.rule("counted", numerator),
      this.rule("events", this.wholeTotal(total)),
      this.rule("total", `(${events} > bool 0) == 1${unlessExcluded(this.definition)}`),
      this.rule("bad", `${bad} and ${this.on} ${this.tile("total")}`),
    ];
  }

  /** Each slice that has a value counts, and is bad unless the value passes. */
  slicesOfValues({ value, good }: Extract<Measured, { kind: "value" }>): RecordingRule[] {
    const judged = this.tile("value");
    return [
      this.rule("value", value),
      this.rule("total", `(0 * ${judged} == 0) + 1${unlessExcluded(this.definition)}`),
      this.rule("bad", `1 - ${passesBool(judged, good)} and ${this.on} ${this.tile("total")}`),
    ];
  }

  /** 1 for a tile that should have a total and has none, else 0. */
  missing(): RecordingRule {
    const all = this.tile("total");
    const gone =
      this.definition.groupBy.length === 0
        ? `absent(${all})`
        : `(1 + 0 * last_over_time(${all}[${REMEMBERED}]))`;
    return this.rule("missing", `(0 * ${all} or ${this.on} ${gone})${unlessExcluded(this.definition)}`);
  }
}

/** Ratios are judged without the noise of binary floating point. */
function roundedRatio(expr: string): string {
  return `round(${expr}, ${writeDecimal(1e-12)})`;
}

/**
 * The rules that record an SLO's tiles, in the order they build on each other: what was counted, the total, and the bad
 * part of it. None for journeys.
 */
export function tileRules(definition: SloDefinition): RecordingRule[] {
  const measured = tileQueries(definition, tileMinutes(definition));
  if (measured === null) return [];
  const writer = new TileWriter(definition);
  const { budgeting, onMissing } = definition;
  const missing = onMissing === "bad" ? [writer.missing()] : [];
  if (measured.kind === "value") return [...writer.slicesOfValues(measured), ...missing];
  if (budgeting.method === "occurrences") return [...writer.occurrences(measured), ...missing];
  const sliceGood = budgeting.method === "timeslices" ? budgeting.sliceGood : null;
  return [...writer.slicesOfEvents(measured, sliceGood), ...missing];
}
