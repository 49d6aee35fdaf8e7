/** The way of an incident. It is open from DETECT to RESOLVE; LEARN ends with its post-mortem or a waiver. */
export const PHASES = ["DETECT", "TRIAGE", "MITIGATE", "RESOLVE", "LEARN"] as const;
export type Phase = (typeof PHASES)[number];

/** What moves an incident from phase to phase. */
export const TRANSITIONS = [
  "acknowledge",
  "begin_mitigation",
  "mitigate",
  "resolve",
  "reopen",
  "close",
] as const;
export type Transition = (typeof TRANSITIONS)[number];

/** The part of an incident that transitions read and write; times in ms, null: not yet. */
export interface Course {
  phase: Phase;
  detectedAtMs: number;
  acknowledgedAtMs: number | null;
  mitigatedAtMs: number | null;
  resolvedAtMs: number | null;
  closedAtMs: number | null;
}

interface Step {
  from: readonly Phase[];
  to: (course: Course) => Phase;
  stamps: (course: Course, atMs: number) => Partial<Course>;
}

const OPEN: readonly Phase[] = ["DETECT", "TRIAGE", "MITIGATE", "RESOLVE"];

const STEPS: Readonly<Record<Transition, Step>> = {
  acknowledge: { from: ["DETECT"], to: () => "TRIAGE", stamps: (_, at) => ({ acknowledgedAtMs: at }) },
  begin_mitigation: { from: ["TRIAGE"], to: () => "MITIGATE", stamps: () => ({}) },
  mitigate: {
    from: ["TRIAGE", "MITIGATE"],
    to: () => "RESOLVE",
    stamps: (_, at) => ({ mitigatedAtMs: at }),
  },
  resolve: { from: OPEN, to: () => "LEARN", stamps: (_, at) => ({ resolvedAtMs: at }) },
  // Whoever acknowledged it is at it again; what was mitigated evidently was not.
  reopen: {
    from: ["LEARN"],
    to: ({ acknowledgedAtMs }) => (acknowledgedAtMs === null ? "DETECT" : "TRIAGE"),
    stamps: () => ({ mitigatedAtMs: null, resolvedAtMs: null, closedAtMs: null }),
  },
  close: { from: ["LEARN"], to: () => "LEARN", stamps: (_, at) => ({ closedAtMs: at }) },
};

/** Whether somebody still has to act. */
export function isOpen({ phase }: Pick<Course, "phase">): boolean {
  return phase !== "LEARN";
}

/** The transitions that an incident may take now. */
export function possibleTransitions(course: Course): Transition[] {
  return TRANSITIONS.filter((transition) => whyNot(course, transition) === null);
}

/** Why a transition is out of turn, in words for whoever asked for it; null when it may be taken. */
export function whyNot(course: Course, transition: Transition): string | null {
  const { from } = STEPS[transition];
  if (!from.includes(course.phase)) {
    return `${transition} is possible in ${from.join(", ")}; the incident is in ${course.phase}`;
  }
  return transition === "close" && course.closedAtMs !== null ? "the incident is closed already" : null;
}

/** The incident after a transition at an instant. @throws RangeError when {@link whyNot} has an answer */
export function take(course: Course, transition: Transition, atMs: number): Course {
  const refused = whyNot(course, transition);
  if (refused !== null) throw new RangeError(refused);
  const { to, stamps } = STEPS[transition];
  return { ...course, phase: to(course), ...stamps(course, atMs) };
}
