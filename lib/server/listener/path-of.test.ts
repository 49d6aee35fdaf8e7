import { describe, expect, it } from "vitest";
import { pathOf } from "./path-of.ts";

describe("pathOf", () => {
  it.each([
    ["GET", "/services/a%20b?q=%", "/services/a%20b"],
    ["POST", "/", "/"],
  ])("%s %s is %s", (method, url, path) => expect(pathOf({ method, url })).toBe(path));

  it.each([
    ["GET", "/services/%E0%A4%A", "bad_request"],
    ["GET", "/%", "bad_request"],
    ["GET", "*", "bad_request"],
    ["GET", "http://evil.example/", "bad_request"],
    ["OPTIONS", "*", "bad_request"],
    ["TRACE", "/", "method_not_allowed"],
    ["PROPFIND", "/", "method_not_allowed"],
  ])("%s %s is refused as %s", (method, url, code) => {
    expect(() => pathOf({ method, url })).toThrow(expect.objectContaining({ code }));
  });
});
