import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogLine } from "#lib/contracts/logs.ts";
import { readEvents } from "./log-tail.ts";
import { olderPage } from "./older-lines.ts";
import {
  hearTail,
  MAX_TAIL_LINES,
  NO_TAIL_LINES,
  pauseTail,
  tailRate,
  type TailLines,
} from "./tail-lines.ts";

const lineAt = (timestampNs: number, line = "x"): LogLine => ({
  timestampNs: String(timestampNs),
  line,
  labels: { service: "web" },
  fields: {},
  level: "info",
});
const news = (count: number, from = 1, dropped = { droppedBySource: 0, droppedHere: 0 }) => ({
  topic: "lines" as const,
  lines: Array.from({ length: count }, (_, i) => lineAt(from + i)),
  ...dropped,
});
const times = ({ lines }: Pick<TailLines, "lines">) => lines.map(({ timestampNs }) => Number(timestampNs));

describe("older pages", () => {
  it("leave out the lines of the last nanosecond that are there already, as often as they are", () => {
    const above = [lineAt(5), lineAt(3, "a"), lineAt(3, "a")];
    const found = {
      lines: [lineAt(3, "a"), lineAt(3, "b"), lineAt(3, "a"), lineAt(3, "a"), lineAt(1)],
      limitReached: true,
    };
    const page = olderPage(above, found);
    expect(page.lines.map(({ timestampNs, line }) => `${timestampNs}${line}`)).toEqual(["3b", "3a", "1x"]);
    expect(page.more).toBe(true);
  });

  it("end where nothing new comes, however often it is asked", () => {
    const above = [lineAt(3, "a")];
    expect(olderPage(above, { lines: [lineAt(3, "a")], limitReached: true })).toEqual({
      lines: [],
      more: false,
    });
  });

  it("bring every line once, wherever the pages are cut", () => {
    const stamps = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(stamps, fc.integer({ min: 7, max: 9 }), (moments, limit) => {
        const all = moments
          .toSorted((a, b) => b - a)
          .map((at, i) => lineAt(at, String(i)))
          // No nanosecond holds more lines than a page.
          .filter(
            (line, i, lines) =>
              lines.slice(0, i).filter((l) => l.timestampNs === line.timestampNs).length < limit - 1,
          );
        const ask = (endNs: number) => {
          const within = all.filter(({ timestampNs }) => Number(timestampNs) < endNs);
          return { lines: within.slice(0, limit), limitReached: within.length > limit };
        };
        const seen: LogLine[] = [];
        let page = { ...ask(Infinity), more: ask(Infinity).limitReached };
        for (;;) {
          seen.push(...page.lines);
          if (!page.more) break;
          page = {
            limitReached: false,
            ...olderPage(page.lines, ask(Number(page.lines.at(-1)?.timestampNs) + 1)),
          };
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});

describe("a tail", () => {
  it("shows the newest first, and counts what was left out on the way", () => {
    let tail = hearTail(NO_TAIL_LINES, news(2), 0);
    tail = hearTail(tail, news(1, 3, { droppedBySource: 4, droppedHere: 5 }), 1);
    expect(times(tail)).toEqual([3, 2, 1]);
    expect(tail).toMatchObject({ droppedBySource: 4, droppedHere: 5, letGo: 0 });
  });

  it("keeps no more than it says, paused or not, and counts what it let go", () => {
    let tail = hearTail(NO_TAIL_LINES, news(MAX_TAIL_LINES), 0);
    tail = hearTail(tail, news(3, MAX_TAIL_LINES + 1), 1);
    expect([tail.lines.length, tail.letGo, times(tail)[0]]).toEqual([MAX_TAIL_LINES, 3, MAX_TAIL_LINES + 3]);
    tail = hearTail(pauseTail(tail, true), news(MAX_TAIL_LINES + 1, 1), 2);
    expect([tail.waiting.length, tail.letGo]).toEqual([MAX_TAIL_LINES, 4]);
  });

  it("stands still while paused, and loses nothing by it", () => {
    const before = hearTail(NO_TAIL_LINES, news(1), 0);
    const paused = hearTail(pauseTail(before, true), news(2, 2), 1);
    expect(times(paused)).toEqual([1]);
    const after = pauseTail(paused, false);
    expect(times(after)).toEqual([3, 2, 1]);
    expect(after.waiting).toEqual([]);
  });

  it("tells its rate over the last ten seconds, or since it is open", () => {
    let tail = hearTail(NO_TAIL_LINES, { topic: "open" }, 0);
    expect(tailRate(tail, 500)).toBe(0);
    tail = hearTail(tail, news(30), 1_000);
    expect(tailRate(tail, 2_000)).toBe(15);
    expect(tailRate(tail, 10_900)).toBe(3);
    expect(tailRate(tail, 11_000)).toBe(0);
  });
});

describe("server-sent events", () => {
  it("are read however they are cut into pieces", async () => {
    const bytes = new TextEncoder().encode(': hello\n\ndata: {"a":"ä"}\n\ndata: 2\n\ndata: torn');
    for (const size of [1, 3, 100]) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      expect(await Array.fromAsync(readEvents(body))).toEqual(['{"a":"ä"}', "2"]);
    }
  });
});
