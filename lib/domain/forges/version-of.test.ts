import { expect, it } from "vitest";
import { versionOf } from "./version-of.ts";

const COMMIT = "5F1D8C2E9A7B4036D1E2F3A4B5C6D7E8F9012345";

it.each([
  ["v2.14.0", "v2.14.0"],
  ["2.14", "2.14"],
  ["v2.14.0-rc.1+build.7", "v2.14.0-rc.1+build.7"],
  ["checkout-2.14.0", "checkout-2.14.0"],
  ["@acme/checkout@2.14.0", "5f1d8c2"],
  ["refs/tags/v2.14.0", "v2.14.0"],
  ["refs/tags/friday", "friday"],
  ["refs/tags/", "5f1d8c2"],
  ["main", "5f1d8c2"],
  ["refs/heads/main", "5f1d8c2"],
  ["refs/heads/2.14", "5f1d8c2"],
  ["release", "5f1d8c2"],
  ["", "5f1d8c2"],
  [null, "5f1d8c2"],
])("%j: %s", (ref, version) => expect(versionOf(ref, COMMIT)).toBe(version));
