import { describe, expect, it } from "vitest";
import { RequestRelease } from "#lib/contracts/releases.ts";
import { EMPTY_REQUEST, fieldOf, toRequest } from "./request-form.ts";

const typed = { ...EMPTY_REQUEST, service: "checkout", version: " 2.14.1 ", commit: "abcdef1" };

describe("toRequest", () => {
  it("leaves out what is not stated, and keeps a no", () => {
    const parsed = RequestRelease.parse(toRequest({ ...typed, migration: "no", linesChanged: "0" }));
    expect(parsed).toEqual({
      service: "checkout",
      version: "2.14.1",
      commit: "abcdef1",
      change: { linesChanged: 0, migration: false },
    });
  });

  it("splits links and carries the proof of a lane", () => {
    const form = { ...typed, links: "https://a.example/1\n https://a.example/2 ", lane: "p1_fix" } as const;
    const request = toRequest({ ...form, evidence: "INC-1" });
    expect(request.lane).toEqual({ kind: "p1_fix", incident: "INC-1" });
    expect(request.change?.links).toEqual(["https://a.example/1", "https://a.example/2"]);
  });

  it("hands on what is no number, for the contract to refuse at its field", () => {
    const { error } = RequestRelease.safeParse(toRequest({ ...typed, linesChanged: "many" }));
    expect(fieldOf(error?.issues[0]?.path.join(".") ?? "")).toBe("linesChanged");
  });
});

describe("fieldOf", () => {
  it.each([
    ["commit", "commit"],
    ["change.links.0", "links"],
    ["lane.advisory", "evidence"],
    ["lane.kind", "lane"],
    ["nowhere", null],
  ])("%s is %s", (path, field) => expect(fieldOf(path)).toBe(field));
});
