import "server-only";
import type { BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import type { EntryFact } from "#lib/contracts/slo-entries.ts";
import { percentOfRatio, writeDecimal } from "#lib/domain/slo/decimal.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { type SlotRange, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { type ExclusionWindow, excludedRanges } from "#lib/domain/slo/time/exclusion-windows.ts";
import type { SloVersionRecord } from "#lib/server/db/slo.repo.ts";
import { type EntryRecord, isInForce } from "#lib/server/db/slo-entry.repo.ts";

type Annotation = BudgetGraphs["annotations"][number];

const writeTarget = (target: number) => `${writeDecimal(percentOfRatio(target))} %`;

/** The targets that a version changed, by window: "30d: 99.9 % → 99.95 %". */
function changedTargets(before: SloVersionRecord, after: SloVersionRecord): string[] {
  return after.definition.objectives.flatMap(({ target, window }) => {
    const name = writeWindow(window);
    const old = before.definition.objectives.find((one) => writeWindow(one.window) === name);
    if (old?.target === target) return [];
    const was = old ? `${writeTarget(old.target)} → ` : "";
    return [`${name}: ${was}${writeTarget(target)}`];
  });
}

/** What each version after the first one changed; `versions` come newest first. */
export function versionAnnotations(versions: readonly SloVersionRecord[]): Annotation[] {
  return versions.flatMap((version, at) => {
    const before = versions[at + 1];
    if (!before) return [];
    const targets = changedTargets(before, version);
    const what = [`v${version.version}`, ...targets, ...(version.reason === null ? [] : [version.reason])];
    const kind = targets.length > 0 ? ("target" as const) : ("version" as const);
    return [{ atMs: version.at.getTime(), untilMs: null, kind, text: what.join(", ") }];
  });
}

/** The occurrences of an exclusion window within a range, as they count: whole slots. */
function exclusionAnnotations(window: ExclusionWindow, range: SlotRange): Annotation[] {
  return excludedRanges([window], range).map(({ from, to }) => ({
    atMs: slotStartMs(from),
    untilMs: slotStartMs(to),
    kind: "exclusion",
    text: window.reason,
  }));
}

function entryAnnotations(fact: EntryFact, range: SlotRange): Annotation[] {
  switch (fact.kind) {
    case "exclusion":
      return exclusionAnnotations(fact.window, range);
    case "correction": {
      const text = `${fact.badDelta} bad, ${fact.totalDelta} in all: ${fact.reason}`;
      return [{ atMs: fact.fromMs, untilMs: fact.toMs, kind: "correction", text }];
    }
    case "note":
      return [{ atMs: fact.fromMs, untilMs: null, kind: "note", text: fact.reason }];
  }
}

/** What people changed and noted about a budget within a range, in order of time. */
export function annotationsOf(
  facts: {
    versions: readonly SloVersionRecord[];
    entries: readonly EntryRecord[];
    windows: readonly ExclusionWindow[];
  },
  range: SlotRange,
): Annotation[] {
  const all = [
    ...versionAnnotations(facts.versions),
    ...facts.windows.flatMap((window) => exclusionAnnotations(window, range)),
    ...facts.entries.filter(isInForce).flatMap(({ fact }) => entryAnnotations(fact, range)),
  ];
  const [fromMs, toMs] = [slotStartMs(range.from), slotStartMs(range.to)];
  return all
    .filter(({ atMs, untilMs }) => atMs < toMs && (untilMs ?? atMs) >= fromMs)
    .sort((a, b) => a.atMs - b.atMs);
}
