import { describe, expect, it } from "vitest";
import { readReleaseFilter, releaseQueryText } from "./release-filter.ts";

describe("readReleaseFilter", () => {
  it("reads what it knows and lets the rest narrow nothing", () => {
    expect(readReleaseFilter({ q: "2.14", service: "checkout", state: "blocked" })).toEqual({
      q: "2.14",
      service: "checkout",
      state: "blocked",
    });
    expect(readReleaseFilter({ q: ["a", "b"], service: "", state: "gone" })).toEqual({});
  });
});

describe("releaseQueryText", () => {
  it("leaves out what is not asked for", () => {
    expect(releaseQueryText({}, true, null)).toBe("open=true");
    expect(releaseQueryText({ q: "a&b", state: "failed" }, false, "r1")).toBe(
      "q=a%26b&state=failed&open=false&cursor=r1",
    );
  });
});
