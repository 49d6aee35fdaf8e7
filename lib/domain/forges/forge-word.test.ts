import fc from "fast-check";
import { expect, it } from "vitest";
import { forgeWord, type ReleaseStanding, type Telling } from "./forge-word.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;
const LIVE = { leaseUntilMs: NOW + 1 };
const standing = (more: Partial<ReleaseStanding>): ReleaseStanding => ({
  state: "waiting",
  leaseUntilMs: null,
  haltReason: null,
  expiresAtMs: NOW + DAY,
  ...more,
});
const telling = (more: Partial<Telling> = {}): Telling => ({
  receivedAtMs: NOW - 60_000,
  told: null,
  reports: 0,
  ...more,
});
const TERMS = { nowMs: NOW, mostReports: 10 };

it.each<[string, Partial<ReleaseStanding>, Partial<Telling>, string]>([
  ["an approval that holds", { state: "approved", ...LIVE }, {}, "approved"],
  ["one whose time is over", { state: "approved", leaseUntilMs: NOW }, {}, "nothing"],
  ["one without a lease", { state: "approved" }, {}, "nothing"],
  ["one on its way", { state: "deploying", ...LIVE }, {}, "approved"],
  ["one on its way that has to stop", { state: "deploying", haltReason: "it burns" }, {}, "rejected"],
  ["blocked", { state: "blocked" }, {}, "rejected"],
  ["rejected by a person", { state: "rejected" }, {}, "rejected"],
  ["expired", { state: "expired" }, {}, "rejected"],
  ["withdrawn", { state: "withdrawn" }, {}, "rejected"],
  ["deployed once", { state: "deployed" }, {}, "rejected"],
  ["taken back", { state: "rolled_back" }, {}, "rejected"],
  ["waiting, untold", {}, {}, "report"],
  ["waiting, told", {}, { told: "waiting", reports: 1 }, "nothing"],
  ["deferred after waiting", { state: "deferred" }, { told: "waiting", reports: 1 }, "report"],
  ["deferred, all reports used", { state: "deferred" }, { told: "waiting", reports: 10 }, "nothing"],
  ["waiting until it expires", { expiresAtMs: NOW }, { told: "waiting", reports: 1 }, "rejected"],
  ["held for 29 days", { expiresAtMs: null }, { receivedAtMs: NOW - 29 * DAY, told: "waiting" }, "nothing"],
  ["held for 30 days", { expiresAtMs: null }, { receivedAtMs: NOW - 30 * DAY, told: "waiting" }, "rejected"],
  ["approved on the last day", { state: "approved", ...LIVE }, { receivedAtMs: NOW - 30 * DAY }, "approved"],
])("%s: %s", (_, release, told, say) =>
  expect(forgeWord(standing(release), telling(told), TERMS).say).toBe(say),
);

it("makes no report to a forge that takes none", () =>
  expect(forgeWord(standing({}), telling(), { ...TERMS, mostReports: 0 }).say).toBe("nothing"));

it("says yes to nothing but an approval that holds, or a deploy that runs unhalted", () => {
  const states = ["waiting", "deferred", "blocked", "approved", "deploying", "deployed", "failed"] as const;
  const over = ["rolled_back", "rejected", "expired", "withdrawn"] as const;
  const time = fc.option(fc.integer({ min: NOW - DAY, max: NOW + DAY }));
  const release = fc.record({
    state: fc.constantFrom(...states, ...over),
    leaseUntilMs: time,
    haltReason: fc.option(fc.constant("it burns")),
    expiresAtMs: time,
  });
  const told = fc.record({
    receivedAtMs: fc.integer({ min: NOW - 60 * DAY, max: NOW }),
    told: fc.option(fc.constantFrom("waiting", "deferred")),
    reports: fc.nat(10),
  });
  fc.assert(
    fc.property(release, told, (of, so) => {
      const holds = of.state === "approved" && of.leaseUntilMs !== null && of.leaseUntilMs > NOW;
      const runs = of.state === "deploying" && of.haltReason === null;
      expect(forgeWord(of, so, TERMS).say === "approved").toBe(holds || runs);
    }),
  );
});
