import { describe, expect, it } from "vitest";
import { msOfNs } from "./log-text.ts";

describe("msOfNs", () => {
  it("keeps what a number would round", () => {
    expect(msOfNs("1795303205123999999")).toBe(1_795_303_205_123);
  });
});
