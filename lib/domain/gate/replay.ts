import type { Decision } from "./decision.ts";
import type { GateFacts } from "./facts.ts";
import type { GatePolicy } from "./policy.ts";
import type { Risk } from "./risk.ts";
import { type Ruling, rule } from "./ruling.ts";

type Ruled = Pick<Ruling, "decision" | "cells" | "floors" | "risk" | "laneUsed">;

/** What decided, in words, and the effective risk it decided for. */
export interface Deciding {
  what: string;
  risk: Risk;
}

/** A recorded evaluation: when, for which release, on which facts, and what came of it. */
export interface PastEvaluation {
  releaseId: string | null;
  atMs: number;
  facts: GateFacts;
  verdict: Ruled;
}

/** The same evaluation under another policy. */
export interface Replayed {
  from: Decision;
  to: Decision;
  was: Deciding;
  would: Deciding;
}

/** How a release ended: `bad` burned or was rolled back; null is not known, which is never good. */
export interface PastRelease {
  /** Null for one that never went out. */
  startedAtMs: number | null;
  ended: "fine" | "bad" | null;
}

/** `wrong` of `known`; `unknown` counts for neither. */
export interface Rate {
  wrong: number;
  known: number;
  unknown: number;
}
export interface Rates {
  falseApprovals: Rate;
  falseBlocks: Rate;
}

/** What decided a ruling: a lane, trouble around the service, or the strictest cell of the matrix. */
export function decidingOf({ decision, cells, floors, risk, laneUsed }: Ruled): Deciding {
  const at = { risk: risk.effective };
  if (laneUsed) return { ...at, what: "a lane" };
  const cell = cells.find((one) => one.decision === decision);
  if (cell) return { ...at, what: `${cell.slo.key}: ${cell.untrusted ?? cell.slo.status}` };
  const floor = floors.find((one) => one.decision === decision);
  return { ...at, what: floor?.text ?? "agreed spending" };
}

/** Decides anew on recorded facts. */
export function replay({ facts, verdict }: PastEvaluation, policy: GatePolicy): Replayed {
  const ruling = rule(facts, policy);
  return {
    from: verdict.decision,
    to: ruling.decision,
    was: decidingOf(verdict),
    would: decidingOf(ruling),
  };
}

/** What one policy said to a release: at its departure, and whether it ever held it back. */
export interface Course {
  departedOn: Decision | null;
  heldBack: boolean;
}

/**
 * Adds an evaluation to what is known of its release; evaluations come newest first. What was decided once the deploy
 * ran let nothing go out and held nothing back.
 */
export function follow(course: Course, decision: Decision, atMs: number, release: PastRelease): Course {
  if (release.startedAtMs !== null && atMs > release.startedAtMs) return course;
  const departs = release.startedAtMs !== null && course.departedOn === null;
  return {
    departedOn: departs ? decision : course.departedOn,
    heldBack: course.heldBack || decision !== "approve",
  };
}

/** What a policy got wrong about a release; null where it was right or nobody knows. */
export function mistakeOf(
  { departedOn, heldBack }: Course,
  { ended }: PastRelease,
): "false_approval" | "false_block" | null {
  if (departedOn === "approve" && ended === "bad") return "false_approval";
  return heldBack && ended === "fine" ? "false_block" : null;
}

function count(rate: Rate, ended: PastRelease["ended"], wrong: boolean): Rate {
  if (ended === null) return { ...rate, unknown: rate.unknown + 1 };
  return { ...rate, known: rate.known + 1, wrong: rate.wrong + (wrong ? 1 : 0) };
}

const NONE: Rate = { wrong: 0, known: 0, unknown: 0 };

/** How often a policy was wrong about releases: it approved what ended badly, or held back what ended well. */
export function ratesOf(courses: readonly { course: Course; release: PastRelease }[]): Rates {
  let [falseApprovals, falseBlocks] = [NONE, NONE];
  for (const { course, release } of courses) {
    const mistake = mistakeOf(course, release);
    if (course.departedOn === "approve")
      falseApprovals = count(falseApprovals, release.ended, mistake === "false_approval");
    if (course.heldBack) falseBlocks = count(falseBlocks, release.ended, mistake === "false_block");
  }
  return { falseApprovals, falseBlocks };
}
