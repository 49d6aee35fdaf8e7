import fc from "fast-check";
import { expect, it } from "vitest";
import type { LogLine } from "#lib/contracts/logs.ts";
import { TailBuffer } from "./tail-buffer.ts";

const lineOf = (line: string, at = 0): LogLine => ({
  timestampNs: String(at),
  line,
  labels: {},
  fields: {},
  level: "unknown",
});

it("gives what came since the last time, and null when nothing did", () => {
  const buffer = new TailBuffer();
  expect(buffer.take()).toBeNull();
  buffer.push([lineOf("a")], 2);
  expect(buffer.take()).toEqual({ lines: [lineOf("a")], droppedBySource: 2, droppedHere: 0 });
  expect(buffer.take()).toBeNull();
  buffer.push([], 1);
  expect(buffer.take()).toEqual({ lines: [], droppedBySource: 1, droppedHere: 0 });
});

it("keeps the newest line however long, and lets go of all before it", () => {
  const buffer = new TailBuffer();
  const huge = "x".repeat(2 * 1024 * 1024);
  buffer.push([lineOf("a"), lineOf(huge)], 0);
  expect(buffer.take()).toMatchObject({ lines: [{ line: huge }], droppedHere: 1 });
});

it("loses no count: what is given and what is dropped is what came, the newest being given", () => {
  const pushes = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(pushes, fc.constantFrom(1, 2_000), (counts, characters) => {
      const buffer = new TailBuffer();
      let at = 0;
      for (const count of counts) {
        const lines = Array.from({ length: count }, () => lineOf("x".repeat(characters), (at += 1)));
        buffer.push(lines, 0);
      }
      const news = buffer.take() ?? { lines: [], droppedHere: 0 };
      expect(news.lines.length + news.droppedHere).toBe(at);
      expect(news.lines.length).toBeLessThanOrEqual(1_000);
      const told = news.lines.map(({ timestampNs }) => Number(timestampNs));
      expect(told).toEqual(Array.from({ length: told.length }, (_, i) => at - told.length + 1 + i));
      expect(told.length * characters).toBeLessThanOrEqual(1024 * 1024);
    }),
    { numRuns: 30 },
  );
});
