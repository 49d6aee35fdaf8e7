import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer, ReadThrough } from "./read-through.ts";
import type { UpstreamGuard } from "./upstream-guard.ts";
import { type Kept, wholeQuestion, wholeReads } from "./whole-question.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const source = { kind: "prometheus", name: "slow", url: "http://slow:9090" } as const;
const answer = (data: string): Answer<string> => ({ data, warnings: [], partial: false, asOfMs: 0 });

function readThrough(): ReadThrough<string, Kept<string>> {
  const unguarded: UpstreamGuard = (work, signal) => work(signal);
  return wholeReads({ maxBytes: 1_000_000, nowMs: Date.now, guardOf: () => unguarded });
}

/** A question whose answer the test gives; `signals` are those of its flights. */
function question() {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<string>>();
  const signals: AbortSignal[] = [];
  const load = (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  };
  const asked = wholeQuestion({ source, family: "f", freshMs: 1_000, nowMs: Date.now, load });
  return { asked, signals, resolve, reject };
}

async function withOlder(): Promise<ReadThrough<string, Kept<string>>> {
  const reads = readThrough();
  const first = question();
  first.resolve(answer("older"));
  await reads.read(first.asked, new AbortController().signal);
  vi.advanceTimersByTime(60_000);
  return reads;
}

test("an older answer stands in after two seconds; the flight goes on for the next question", async () => {
  const reads = await withOlder();
  const slow = question();
  const caller = new AbortController();
  const told = vi.fn();
  const reading = reads.read(slow.asked, caller.signal).then(told);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await reading;
  expect(told.mock.calls[0]?.[0]).toMatchObject({
    data: "older",
    stale: true,
    warnings: ['older data is shown: prometheus "slow" (slow:9090) has not answered within 2000 ms'],
  });
  caller.abort();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(slow.signals.map(({ aborted }) => aborted)).toEqual([false]);
  slow.resolve(answer("newer"));
  await vi.advanceTimersByTimeAsync(0);
  const next = await reads.read(slow.asked, new AbortController().signal);
  expect(next).toMatchObject({ data: "newer", stale: false });
  expect(slow.signals).toHaveLength(1);
});

test("a flight that fails after it was left disturbs nobody", async () => {
  const reads = await withOlder();
  const slow = question();
  const reading = reads.read(slow.asked, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await reading).toMatchObject({ stale: true });
  slow.reject(new Error("late"));
  await vi.advanceTimersByTimeAsync(0);
});

test("a caller who leaves before that takes the flight along", async () => {
  const reads = await withOlder();
  const slow = question();
  const caller = new AbortController();
  const reading = reads.read(slow.asked, caller.signal);
  caller.abort();
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  expect(slow.signals[0]?.aborted).toBe(true);
});

test("where there is nothing older, the caller waits for the source", async () => {
  const slow = question();
  const reading = readThrough().read(slow.asked, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(30_000);
  slow.resolve(answer("first"));
  expect(await reading).toMatchObject({ data: "first", stale: false });
});
