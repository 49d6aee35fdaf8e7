import { describe, expect, test } from "vitest";
import type { Measured } from "#lib/contracts/measured.ts";
import { AppError } from "#lib/server/errors.ts";
import { gather } from "./gather.ts";

const told = <T>(data: T, change: Partial<Measured<T>> = {}): Promise<Measured<T>> =>
  Promise.resolve({
    data,
    asOf: "2026-11-20T14:00:00.000Z",
    stale: false,
    partial: false,
    warnings: [],
    ...change,
  });
const down = new AppError("upstream_unavailable", "connection refused");
const failed = (error: unknown = down): Promise<Measured<number>> => Promise.reject(error as Error);

test("as old as its oldest part, slow parts aside; warnings once", async () => {
  const answer = await gather({
    a: { what: "a", read: told(1, { asOf: "2026-11-20T14:00:15.000Z", warnings: ["w"] }) },
    b: { what: "b", read: told(2, { warnings: ["w"] }) },
    empty: { what: "empty", read: told([], { asOf: null }) },
    trend: { what: "trend", read: told(3, { asOf: "2026-11-20T13:00:00.000Z" }), slow: true },
    unasked: null,
  });
  expect(answer).toEqual({
    data: { a: 1, b: 2, empty: [], trend: 3, unasked: null },
    asOf: "2026-11-20T14:00:00.000Z",
    stale: false,
    partial: false,
    warnings: ["w"],
  });
});

test("a failed part is null, named, and makes the answer partial", async () => {
  const answer = await gather({
    latency: { what: "latency", read: failed() },
    requests: { what: "requests", read: told(7) },
  });
  expect(answer).toMatchObject({
    data: { latency: null, requests: 7 },
    partial: true,
    warnings: ["latency missing: connection refused"],
  });
});

test("stale or partial in one part is so in the whole", async () => {
  const answer = await gather({
    a: { what: "a", read: told(1, { stale: true }) },
    b: { what: "b", read: told(1, { partial: true }) },
  });
  expect([answer.stale, answer.partial]).toEqual([true, true]);
});

describe("throws", () => {
  test("the first error when every part failed", async () => {
    const second = new AppError("upstream_timeout", "too slow");
    const parts = {
      a: { what: "a", read: failed() },
      b: { what: "b", read: failed(second) },
      unasked: null,
    };
    await expect(gather(parts)).rejects.toBe(down);
  });

  test.each([
    ["what is no AppError: a defect must not pass for a missing part", new TypeError("x is undefined")],
    ["a cancelled read: nobody waits any more", new AppError("cancelled", "the client left")],
  ])("%s", async (_, error) => {
    const parts = { a: { what: "a", read: failed(error) }, b: { what: "b", read: told(1) } };
    await expect(gather(parts)).rejects.toBe(error);
  });
});
