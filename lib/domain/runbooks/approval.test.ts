import { describe, expect, it } from "vitest";
import { ROLES, type Role } from "#lib/domain/access/permissions.ts";
import { whyNotApprove } from "./approval.ts";

const person = (id: string, ...roles: Role[]) => ({ id, roles });

describe("whyNotApprove", () => {
  const run = { askedBy: "ann", approvalBy: "sre" } as const;

  it.each<[string, ReturnType<typeof person>, string | null]>([
    ["a second SRE", person("ben", "sre"), null],
    ["an admin, who may act as any role", person("cat", "admin"), null],
    ["another role", person("dan", "product_owner", "viewer"), "agreeing needs the role sre"],
    ["nobody's role", person("eve"), "agreeing needs the role sre"],
    ["who asked", person("ann", "sre"), "somebody else than who asked has to agree"],
    ["who asked, as an admin", person("ann", "admin"), "somebody else than who asked has to agree"],
  ])("%s", (_, who, expected) => expect(whyNotApprove(who, run)).toBe(expected));

  it("never lets the asker agree, whatever the roles", () => {
    for (const approvalBy of ROLES)
      expect(whyNotApprove(person("ann", ...ROLES), { askedBy: "ann", approvalBy })).not.toBeNull();
  });

  it("is not asked where nobody has to agree", () => {
    expect(whyNotApprove(person("ben", "admin"), { askedBy: "ann", approvalBy: null })).not.toBeNull();
  });
});
