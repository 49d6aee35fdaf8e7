import { expect, test } from "vitest";
import type { SourceSettings } from "#lib/server/env.ts";
import { findSource } from "./sources.ts";

const source = (kind: SourceSettings["kind"], name: string): SourceSettings => ({
  kind,
  name,
  url: "http://x",
});
const sources = [source("prometheus", "edge"), source("prometheus", "default"), source("loki", "logs")];

test("by name, else the default, else the first", () => {
  expect(findSource("prometheus", "edge", sources).name).toBe("edge");
  expect(findSource("prometheus", undefined, sources).name).toBe("default");
  expect(findSource("loki", undefined, sources).name).toBe("logs");
});
test("an unknown name is invalid and names the field; another kind's name is unknown", () => {
  for (const name of ["nope", "logs"]) {
    expect(() => findSource("prometheus", name, sources)).toThrow(
      expect.objectContaining({
        code: "invalid",
        fields: [{ path: "source", message: "no prometheus source has this name; known: edge, default" }],
      }) as Error,
    );
  }
});
test("none configured: says what to set", () => {
  expect(() => findSource("alertmanager", undefined, sources)).toThrow(
    expect.objectContaining({
      code: "unavailable",
      message: "no alertmanager source is configured; set ALERTMANAGER_URL or BURNLINE_SOURCES",
    }) as Error,
  );
});
