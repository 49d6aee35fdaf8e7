import { describe, expect, it } from "vitest";
import { type Role, ROLES } from "#lib/domain/access/permissions.ts";
import { type Approver, type Clearable, whyNotOverride, whyNotReview } from "./clearance.ts";
import { LANES } from "./policy.ts";

const person = (id: string, roles: readonly Role[], onCall = false): Approver => ({ id, roles, onCall });
const release = (state: string, more: Partial<Clearable> = {}): Clearable => ({
  ...{ state, requestedBy: "asker", lane: null, overriddenBy: [] },
  ...more,
});
const WAITING = release("waiting");
const BLOCKED = release("blocked");

describe("a review", () => {
  const cases = ROLES.flatMap((role) =>
    [null, ...LANES].flatMap((lane) =>
      [true, false].flatMap((onCall) => [true, false].map((own) => ({ role, lane, onCall, own }))),
    ),
  );

  it.each(cases)("by $role (lane $lane, on call $onCall, own $own)", ({ role, lane, onCall, own }) => {
    const manages = ["release_manager", "admin"].includes(role) && !own;
    const alone = lane === "rollback" && onCall && ["sre", "admin"].includes(role);
    const why = whyNotReview(person(own ? "asker" : "other", [role], onCall), { ...WAITING, lane });
    expect(why === null).toBe(manages || alone);
  });

  it("is for nobody without a role, and for none that does not wait", () => {
    expect(whyNotReview(person("other", [], true), { ...WAITING, lane: "rollback" })).not.toBeNull();
    for (const state of ["deferred", "blocked", "approved", "deploying", "deployed", "expired"])
      expect(whyNotReview(person("other", ["admin"], true), release(state, { lane: "rollback" }))).toMatch(
        /does not wait/,
      );
  });
});

describe("an override", () => {
  it.each(ROLES)("by %s first", (role) => {
    const may = ["release_manager", "product_owner", "admin"].includes(role);
    for (const lane of [null, ...LANES])
      for (const onCall of [true, false]) {
        const first = { ...BLOCKED, lane };
        expect(whyNotOverride(person("other", [role], onCall), first) === null).toBe(may);
        expect(whyNotOverride(person("asker", [role], onCall), first)).toMatch(/their own/);
      }
  });

  // First, second, whether the two can.
  it.each<[Role[], Role[], boolean]>([
    [["release_manager"], ["product_owner"], true],
    [["product_owner"], ["release_manager"], true],
    [["release_manager"], ["admin"], true],
    [["product_owner"], ["admin"], true],
    [["admin"], ["admin"], true],
    [["admin"], ["release_manager"], true],
    [["release_manager", "product_owner"], ["release_manager"], true],
    [["release_manager", "product_owner"], ["product_owner"], true],
    [["release_manager"], ["release_manager"], false],
    [["product_owner"], ["product_owner"], false],
    [["release_manager"], ["sre"], false],
    [["admin"], ["sre"], false],
    [["admin"], ["viewer"], false],
    [["release_manager"], [], false],
  ])("by %j and %j: %s", (first, second, may) => {
    const agreed = release("deferred", { overriddenBy: [{ id: "one", roles: first }] });
    expect(whyNotOverride(person("two", second), agreed) === null).toBe(may);
    expect(whyNotOverride(person("one", [...first, ...second, "admin"]), agreed)).toMatch(/second person/);
    expect(whyNotOverride(person("asker", second), agreed)).toMatch(/their own/);
  });

  it("is of what was blocked or deferred only", () => {
    for (const state of ["waiting", "approved", "deploying", "deployed", "rejected", "expired", "withdrawn"])
      expect(whyNotOverride(person("other", ["admin"]), release(state))).toMatch(/nothing to override/);
  });
});
