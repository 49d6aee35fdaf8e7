import { randomBytes } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { type Fetched, ForeignReads } from "./foreign-reads.ts";
import { Outgoing, type Wire } from "./outgoing.ts";

const clock = { nowMs: 0 };
const reads = (maxBytes = 1_000_000) => new ForeignReads({ maxBytes, nowMs: () => clock.nowMs });
const outgoing = (bytes: Buffer | string) => new Outgoing(200, "application/json", Buffer.from(bytes));
const fetched = (bytes: Buffer | string, keepMs: number): Fetched => ({ outgoing: outgoing(bytes), keepMs });
const forever = new AbortController().signal;

it("keeps an answer for its time, and one that is not to be kept not at all", async () => {
  const kept = reads();
  await kept.join("a", forever, async () => fetched("x", 3_000));
  await kept.join("b", forever, async () => fetched("y", 0));
  expect([(await kept.find("a")?.wire(false))?.body, kept.find("b")]).toEqual(["x", null]);
  clock.nowMs += 2_999;
  expect(kept.find("a")).not.toBeNull();
  clock.nowMs += 1;
  expect(kept.find("a")).toBeNull();
});

it("asks once for all who wait, and compresses once", async () => {
  const kept = reads();
  const answer = Promise.withResolvers<Fetched>();
  let asked = 0;
  const load = () => ((asked += 1), answer.promise);
  const waiting = [1, 2, 3].map(() => kept.join("a", forever, load));
  expect(kept.isAsked("a")).toBe(true);
  answer.resolve(fetched("x".repeat(10_000), 0));
  const answers = await Promise.all(waiting);
  expect(asked).toBe(1);
  expect(new Set(await Promise.all(answers.map((one) => one.wire(true)))).size).toBe(1);
});

it("is left by one client without harm to the others, and by the last one for good", async () => {
  const kept = reads();
  let upstream: AbortSignal | undefined;
  const answer = Promise.withResolvers<Fetched>();
  const load = (signal: AbortSignal) => ((upstream = signal), answer.promise);
  const [one, other] = [new AbortController(), new AbortController()];
  const left = kept.join("a", one.signal, load).catch((error: Error) => error.message);
  const stays = kept.join("a", other.signal, load).catch((error: Error) => error.message);
  one.abort();
  expect(await left).toBe("the request was cancelled");
  expect(upstream?.aborted).toBe(false);
  other.abort();
  await stays;
  expect(upstream?.aborted).toBe(true);
});

it("lets the answers go that were asked for longest ago when it is full", async () => {
  const kept = reads(100_000);
  for (const key of ["a", "b", "c", "d", "e", "f", "g", "h", "i"]) {
    await kept.join(key, forever, async () => fetched(randomBytes(5_500), 9_000));
    await kept.find(key)?.wire(true);
    kept.find("a");
  }
  // Body and compressed bytes of each: nine times 12,000 are more than the bound.
  expect([kept.find("a") !== null, kept.find("b"), kept.find("i") !== null]).toEqual([true, null, true]);
});

it("does not give up all others for a very large one", async () => {
  const kept = reads(100_000);
  await kept.join("small", forever, async () => fetched("x", 9_000));
  await kept.join("large", forever, async () => fetched(randomBytes(20_000), 9_000));
  expect([kept.find("small") !== null, kept.find("large")]).toEqual([true, null]);
});

it.each([[100], [40_000]])("holds no more memory than its %i bytes", async (length) => {
  const pool = Buffer.alloc(4 * length).fill(randomBytes(length));
  const one = outgoing(pool.subarray(0, length));
  const wires = await Promise.all([one.wire(false), one.wire(true)]);
  const held = wires.map(({ body }) => (typeof body === "string" ? body.length : body.buffer.byteLength));
  expect(held).toEqual(wires.map(({ body }) => body.length));
});

it.each([[1], [2_047], [2_048], [16_384], [16_385], [60_000]])(
  "tells %i bytes as they came, zipped or not",
  async (length) => {
    const bytes = randomBytes(length);
    const one = outgoing(bytes);
    const [plain, zipped] = await Promise.all([one.wire(false), one.wire(true)]);
    const asBytes = ({ body }: Wire) => (typeof body === "string" ? Buffer.from(body, "latin1") : body);
    expect(asBytes(plain).equals(bytes)).toBe(true);
    expect((length < 2_048 ? asBytes(zipped) : gunzipSync(asBytes(zipped))).equals(bytes)).toBe(true);
    expect(zipped.headers.includes("gzip")).toBe(length >= 2_048);
  },
);
