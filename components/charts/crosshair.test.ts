import { afterEach, expect, test, vi } from "vitest";
import { onPoint, pointAt, pointAway, pointedElsewhere } from "./crosshair.ts";

afterEach(() => pointAt(null));

test("all charts but the one under the pointer show where it is", () => {
  pointAt({ chart: "a", atMs: 60_000 });
  expect(pointedElsewhere("a")).toBeNull();
  expect(pointedElsewhere("b")).toBe(60_000);
});

test("a chart takes only its own crosshair away: the pointer may be in the next one already", () => {
  pointAt({ chart: "a", atMs: 60_000 });
  pointAt({ chart: "b", atMs: 120_000 });
  pointAway("a");
  expect(pointedElsewhere("a")).toBe(120_000);
  pointAway("b");
  expect(pointedElsewhere("a")).toBeNull();
});

test("listeners hear of changes alone, and of none after they left", () => {
  const heard = vi.fn();
  const leave = onPoint(heard);
  pointAt({ chart: "a", atMs: 1 });
  pointAt({ chart: "a", atMs: 1 });
  expect(heard).toHaveBeenCalledTimes(1);
  leave();
  pointAt(null);
  expect(heard).toHaveBeenCalledTimes(1);
});
