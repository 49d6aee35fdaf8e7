import { expect, it } from "vitest";
import type { Release } from "#lib/contracts/releases.ts";
import { clearedInWords, leaseInWords, nextInWords } from "./release-words.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const approved = {
  ...{ state: "approved", open: true, leaseUntil: at(24), askAgainAt: at(1), expiresAt: at(600) },
} as Release;

it("an approval of the gate is decided anew, a person's goes back to waiting", () => {
  expect(leaseInWords({ ...approved, decision: "approve" }, NOW)).toBe("decided anew in 24 min");
  expect(leaseInWords({ ...approved, decision: "review" }, NOW)).toBe("goes back to waiting in 24 min");
  expect(nextInWords({ ...approved, decision: "review" }, NOW)).toBe(
    "may start until its lease ends in 24 min, then goes back to waiting",
  );
});

it("what waits is asked again, and expires", () => {
  const deferred: Release = { ...approved, state: "deferred", leaseUntil: null, askAgainAt: at(4) };
  expect(nextInWords(deferred, NOW)).toBe("asked again in 4 min, expires in 10 h");
});

it("whoever let out what the gate did not approve is named, as long as it counts", () => {
  const said = (name: string | null, more: Partial<Release["approvals"][number]> = {}) => ({
    ...({
      id: name ?? "x",
      kind: "review",
      verdict: "approved",
      reason: "looked",
      at: at(-1),
      stale: false,
    } as const),
    ...{ by: { id: name ?? "x", name }, ...more },
  });
  const of = (approvals: Release["approvals"], more: Partial<Release> = {}) =>
    clearedInWords({ ...approved, decision: "review", approvals, ...more });
  expect(of([said("Ada")])).toBe("cleared by Ada");
  expect(of([said("Ada", { kind: "override" }), said("Ben", { kind: "override" })])).toBe(
    "overridden by Ada and Ben",
  );
  expect(of([said(null)])).toBe("cleared by somebody unknown");
  expect(of([said("Ada", { stale: true })])).toBeNull();
  expect(of([said("Ada", { verdict: "rejected" })])).toBeNull();
  expect(of([said("Ada")], { decision: "approve" })).toBeNull();
  expect(of([said("Ada")], { state: "waiting" })).toBeNull();
});
