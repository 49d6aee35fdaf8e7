import { expect, test } from "vitest";
import { SingleFlight } from "./single-flight.ts";

/** Work whose end the test decides. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  const start = (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  };
  return { start, signals, resolve, reject };
}
const never = () => new AbortController().signal;

test("equal work runs once and answers all; later work runs anew", async () => {
  const flights = new SingleFlight<string>();
  const first = work();
  const both = Promise.all([
    flights.join("k", never(), first.start),
    flights.join("k", never(), first.start),
  ]);
  const other = flights.join("other", never(), async () => "else");
  first.resolve("data");
  expect(await both).toEqual(["data", "data"]);
  expect(await other).toBe("else");
  expect(first.signals).toHaveLength(1);
  expect(flights.has("k")).toBe(false);
  expect(await flights.join("k", never(), async () => "again")).toBe("again");
});

test("a failure reaches all who wait", async () => {
  const flights = new SingleFlight<string>();
  const failing = work();
  const both = [flights.join("k", never(), failing.start), flights.join("k", never(), failing.start)];
  failing.reject(new Error("no"));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("one who leaves does not disturb the rest; the last one takes the work along", async () => {
  const flights = new SingleFlight<string>();
  const slow = work();
  const [a, b] = [new AbortController(), new AbortController()];
  const waiting = [flights.join("k", a.signal, slow.start), flights.join("k", b.signal, slow.start)];
  a.abort();
  await expect(waiting[0]).rejects.toMatchObject({ code: "cancelled" });
  expect(slow.signals[0]?.aborted).toBe(false);
  b.abort();
  await expect(waiting[1]).rejects.toMatchObject({ code: "cancelled" });
  expect(slow.signals[0]?.aborted).toBe(true);
  expect(await flights.join("k", never(), async () => "fresh, not the aborted one")).toBe(
    "fresh, not the aborted one",
  );
});

test("one who has left already starts nothing", async () => {
  const idle = work();
  const joined = new SingleFlight<string>().join("k", AbortSignal.abort(), idle.start);
  await expect(joined).rejects.toMatchObject({ code: "cancelled" });
  expect(idle.signals).toEqual([]);
});
