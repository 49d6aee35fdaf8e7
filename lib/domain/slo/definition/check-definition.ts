import { type AlertTier, LONG_WINDOW_STEP_MINUTES } from "../alerts/tiers.ts";
import { isZone } from "../time/zone.ts";
import { checkExclusions } from "./check-exclusions.ts";
import { checkSli, isLabelName } from "./check-sli.ts";
import type { Objective, Phase, SloDefinition } from "./definition.ts";
import { Checker, type Issue } from "./issue.ts";
import { COUNTING_OF_SLI } from "./sli.ts";
import { MAX_WINDOW_DAYS, type SloWindow, writeWindow } from "./windows.ts";

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_OBJECTIVES = 10;
const MAX_GROUP_LABELS = 3;
const MAX_LONG_WINDOW_MINUTES = 46 * 1440;

function checkTarget(check: Checker, target: number, path: Issue["path"]): void {
  const inside = target > 0 && target < 1;
  const message =
    target === 1
      ? "A target of 100 % leaves no budget; 99.99 % is as good as it gets in practice."
      : "Must be between 0 and 1, as 0.999 for 99.9 %.";
  if (!check.expect(inside, path, message)) return;
  const written = Number(target.toFixed(7)) === target;
  check.expect(written, path, "Must have at most 7 decimals, as 0.9999999.");
}

function checkWindow(check: Checker, window: SloWindow, path: Issue["path"]): void {
  if (window.kind === "rolling") check.whole(window.days, 1, MAX_WINDOW_DAYS, [...path, "days"]);
  else check.expect(isZone(window.zone), [...path, "zone"], `"${window.zone}" is no time zone.`);
}

function checkObjectives(check: Checker, objectives: readonly Objective[]): void {
  const holds = objectives.length >= 1 && objectives.length <= MAX_OBJECTIVES;
  check.expect(holds, ["objectives"], `Must have 1 to ${MAX_OBJECTIVES} objectives.`);
  objectives.forEach(({ target, window }, at) => {
    checkTarget(check, target, ["objectives", at, "target"]);
    checkWindow(check, window, ["objectives", at, "window"]);
    const same = (one: Objective) => one.target === target && writeWindow(one.window) === writeWindow(window);
    check.expect(!objectives.slice(0, at).some(same), ["objectives", at], "This objective is there already.");
  });
}

function checkBudgeting(check: Checker, { sli, budgeting, onMissing }: SloDefinition): void {
  const counting = COUNTING_OF_SLI[sli.kind];
  const path = ["budgeting", "method"];
  if (counting === "slices") {
    check.expect(budgeting.method === "timeslices", path, `A ${sli.kind} SLI needs time slices.`);
    const free = budgeting.method !== "timeslices" || budgeting.sliceGood === null;
    check.expect(free, ["budgeting", "sliceGood"], "The SLI itself says when a slice is good.");
  }
  if (counting === "steps") {
    check.expect(budgeting.method === "occurrences", path, "Each step of a journey keeps its own method.");
    check.expect(
      onMissing === "gap",
      ["onMissing"],
      "Each step of a journey has its own rule for missing data.",
    );
  }
  if (counting === "events" && budgeting.method === "timeslices") {
    const ratio = budgeting.sliceGood?.value ?? NaN;
    const message = "Must compare the good ratio of a slice with a number from 0 to 1.";
    check.expect(ratio >= 0 && ratio <= 1, ["budgeting", "sliceGood"], message);
  }
}

function checkSubject(check: Checker, { sli, service, node, groupBy }: SloDefinition): void {
  const journey = sli.kind === "composite";
  check.expect(journey || service !== null || node !== null, ["service"], "Must name a service or a node.");
  check.expect(service === null || node === null, ["node"], "Name a service or a node, not both.");
  check.expect(!journey || groupBy.length === 0, ["groupBy"], "A journey cannot be split by labels.");
  check.expect(groupBy.length <= MAX_GROUP_LABELS, ["groupBy"], `At most ${MAX_GROUP_LABELS} labels.`);
  groupBy.forEach((label, at) => {
    check.expect(
      isLabelName(label) && label !== "__name__",
      ["groupBy", at],
      `"${label}" is no label to split by.`,
    );
    check.expect(groupBy.indexOf(label) === at, ["groupBy", at], "This label is there already.");
  });
}

function checkAlerts(check: Checker, tiers: readonly AlertTier[], minimumBadEvents: number): void {
  check.whole(minimumBadEvents, 0, 1_000_000, ["minimumBadEvents"]);
  tiers.forEach(({ key, longMinutes, spendRatio }, at) => {
    const path = ["alertTiers", at];
    check.expect(
      tiers.findIndex((tier) => tier.key === key) === at,
      [...path, "key"],
      "This tier is there already.",
    );
    check.whole(longMinutes, LONG_WINDOW_STEP_MINUTES, MAX_LONG_WINDOW_MINUTES, [...path, "longMinutes"]);
    const steps = longMinutes % LONG_WINDOW_STEP_MINUTES === 0;
    check.expect(steps, [...path, "longMinutes"], "Must be whole hours, so that a twelfth is whole slots.");
    const share = spendRatio > 0 && spendRatio <= 1;
    check.expect(share, [...path, "spendRatio"], "Must be above 0 and at most 1, as 0.02 for 2 %.");
  });
}

function checkPhases(check: Checker, phases: readonly Phase[]): void {
  phases.forEach(({ target, months }, at) => {
    const path = ["phases", at];
    checkTarget(check, target, [...path, "target"]);
    const before = phases[at - 1];
    check.expect(!before || target > before.target, [...path, "target"], "Must be above the phase before.");
    if (at === phases.length - 1)
      check.expect(months === null, [...path, "months"], "The last phase has no end.");
    else check.whole(months ?? NaN, 1, 24, [...path, "months"]);
  });
}

/** All that is wrong with a definition of the right shape, each with the path of its field; empty when it can be saved. */
export function checkDefinition(definition: SloDefinition): Issue[] {
  const check = new Checker();
  const message = "Must be lower-case letters, digits and dashes, at most 63.";
  check.expect(NAME.test(definition.name), ["name"], message);
  checkSubject(check, definition);
  checkSli(check, definition.sli, ["sli"]);
  checkBudgeting(check, definition);
  checkObjectives(check, definition.objectives);
  checkExclusions(check, definition.exclusions, ["exclusions"]);
  checkAlerts(check, definition.alertTiers, definition.minimumBadEvents);
  checkPhases(check, definition.phases);
  return check.issues;
}
