/** Where a run of a guarded action stands; "asked" only until its conditions were looked at. */
export const RUN_STATES = [
  "asked",
  "awaiting_approval",
  "approved",
  "calling",
  "succeeded",
  "failed",
  "unknown",
  "refused",
  "expired",
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What may happen to a run. */
export const RUN_STEPS = ["wait", "approve", "refuse", "expire", "call", "succeed", "fail", "lose"] as const;
export type RunStep = (typeof RUN_STEPS)[number];

/** The one table of what leads where; what is not listed cannot happen. */
const TABLE: Readonly<Record<RunState, Readonly<Partial<Record<RunStep, RunState>>>>> = {
  asked: { wait: "awaiting_approval", approve: "approved", refuse: "refused" },
  awaiting_approval: { approve: "approved", refuse: "refused", expire: "expired" },
  approved: { call: "calling", refuse: "refused", expire: "expired" },
  // Nothing leads back to "approved": a call whose end nobody saw is never made a second time.
  calling: { succeed: "succeeded", fail: "failed", lose: "unknown" },
  succeeded: {},
  failed: {},
  unknown: {},
  refused: {},
  expired: {},
};

/** The state after a step; null where the step is out of turn. */
export function after(state: RunState, step: RunStep): RunState | null {
  return TABLE[state][step] ?? null;
}

/** The states from which a step leads on, and where to. */
export function waysOf(step: RunStep): { from: RunState[]; to: RunState } {
  const found = RUN_STATES.flatMap((from) => {
    const to = TABLE[from][step];
    return to === undefined ? [] : [{ from, to }];
  });
  const [first] = found;
  if (!first) throw new RangeError(`no state takes the step ${step}`);
  return { from: found.map(({ from }) => from), to: first.to };
}

/** Whether nothing more can happen to a run. */
export function isOver(state: RunState): boolean {
  return Object.keys(TABLE[state]).length === 0;
}

/** An ask that nobody agreed to by then is no longer what the asker saw. */
export const APPROVAL_MS = 30 * 60_000;
/** A run that nobody called by then, for no process was there, is not called later out of the blue. */
export const CALL_WITHIN_MS = 2 * 60_000;

/** Until when a run may stand as it does, in ms since 1970; null where nothing ends it. */
export function expiresAtMs(run: {
  state: RunState;
  askedAtMs: number;
  approvedAtMs: number | null;
}): number | null {
  if (run.state === "awaiting_approval") return run.askedAtMs + APPROVAL_MS;
  if (run.state === "approved" && run.approvedAtMs !== null) return run.approvedAtMs + CALL_WITHIN_MS;
  return null;
}

/** What a failed call says of whether the receiver acted: it refused or was never reached, or nobody knows. */
export type CallFailure = "failed" | "unknown";

/** Failures before a single byte of the request went out. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * What to keep of a call without a usable answer.
 * @param problem the code of our own error: `invalid` and `upstream_error` were settled without doubt
 * @param cause the code of the system or the HTTP client behind it
 */
export function afterCallFailure(problem: string, cause: string | null): CallFailure {
  // Too long an answer comes as `upstream_error` as well: the receiver has acted, or has not.
  if (cause !== null) return NEVER_SENT.has(cause) ? "failed" : "unknown";
  return problem === "invalid" || problem === "upstream_error" ? "failed" : "unknown";
}
