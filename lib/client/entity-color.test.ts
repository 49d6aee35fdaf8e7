import { describe, expect, it, test } from "vitest";
import { entityColor, lineColors, SERIES_COLORS, seriesColor } from "./entity-color.ts";

test("the known nodes have colours of their own", () => {
  expect(entityColor("ai1")).toBe("var(--node-ai1)");
  expect(entityColor("ai2")).toBe("var(--node-ai2)");
  expect(entityColor("nas1")).toBe("var(--node-nas1)");
});

// FNV-1a 32: "a" is 0xe40c292c and "foobar" 0xbf9cf968 (the published test vectors); modulo 8: 4 and 0.
test("other names take a colour by their hash, always the same", () => {
  expect(entityColor("a")).toBe("var(--s5)");
  expect(entityColor("foobar")).toBe("var(--s1)");
});

test("names of Object's own members are names like any other", () => {
  expect(SERIES_COLORS).toContain(entityColor("constructor"));
  expect(SERIES_COLORS).toContain(entityColor("__proto__"));
});

test("the palette begins again after its last colour", () => {
  expect(seriesColor(0)).toBe(seriesColor(8));
  expect(new Set(Array.from({ length: 8 }, (_, i) => seriesColor(i))).size).toBe(8);
});

describe("the lines of a chart", () => {
  it("take the palette in order where they are nobody's", () => {
    expect(lineColors([null, null, null])).toEqual([seriesColor(0), seriesColor(1), seriesColor(2)]);
  });

  it("are told apart, also where two services would have one colour", () => {
    const services = ["auth", "checkout", "inference-gateway", "media-store", "reporting", "search", "web"];
    expect(new Set(services.map(entityColor)).size).toBeLessThan(services.length);
    const colors = lineColors(services);
    expect(new Set(colors).size).toBe(services.length);
    expect(colors[0]).toBe(entityColor("auth"));
  });

  it("that are no node's look like none of theirs", () => {
    expect(lineColors(["ai1", "ai2", "nas1", null, null])).toEqual([
      ...["ai1", "ai2", "nas1"].map(entityColor),
      seriesColor(2),
      seriesColor(3),
    ]);
  });

  it("leave their colour to a node that came before and looks like it", () => {
    // "foobar" has the first colour of the palette, as ai1 does.
    expect(lineColors(["ai1", "foobar"])).toEqual([entityColor("ai1"), seriesColor(1)]);
  });

  it("begin the palette again where there are more than colours", () => {
    const colors = lineColors(Array.from({ length: 20 }, () => null));
    expect(colors).toHaveLength(20);
    expect(new Set(colors).size).toBe(8);
  });
});
