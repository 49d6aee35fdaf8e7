import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dedupe, DEDUPE_MODES } from "./dedupe.ts";
import { detectedWords, levelsOfWords, LOG_LEVELS } from "./levels.ts";
import { lineAddress, timeOfAddress } from "./line-address.ts";
import { labelName, parseLine } from "./line-fields.ts";
import { traceAddress, traceIdOf } from "./trace.ts";

const asLines = (texts: readonly string[]) => texts.map((line) => ({ line }));

describe("dedupe", () => {
  const texts = [
    "2026-11-21T10:00:00Z paid 17 in 3 ms",
    "2026-11-21T10:00:01.5+01:00 paid 17 in 3 ms",
    "2026-11-21T10:00:02Z paid 18 in 4 ms",
    "2026-11-21T10:00:03Z late 18 in 4 ms",
    "x",
  ];

  it.each([
    ["none", [0, 0, 0, 0, 0]],
    ["exact", [1, 0, 0, 0]],
    ["numbers", [2, 0, 0]],
    ["signature", [3, 0]],
  ] as const)("%s folds %j", (mode, repeats) => {
    expect(dedupe(asLines(texts), mode).map((run) => run.repeats)).toEqual(repeats);
  });

  it("loses no line, keeps their order, and has nothing left to fold", () => {
    const words = fc.array(fc.constantFrom("a 1", "a 2", "b 1", "{}", "a 1 b"), { maxLength: 30 });
    fc.assert(
      fc.property(words, fc.constantFrom(...DEDUPE_MODES), (lines, mode) => {
        const folded = dedupe(asLines(lines), mode);
        const counted = folded.reduce((sum, { repeats }) => sum + 1 + repeats, 0);
        expect(counted).toBe(lines.length);
        let at = 0;
        for (const { line, repeats } of folded) {
          expect(line.line).toBe(lines[at]);
          at += 1 + repeats;
        }
        const again = dedupe(
          folded.map(({ line }) => line),
          mode,
        );
        expect(again.every(({ repeats }) => repeats === 0)).toBe(true);
      }),
    );
  });
});

describe("levels and Loki's words", () => {
  it("lead to each other", () => {
    fc.assert(
      fc.property(fc.subarray([...LOG_LEVELS]), (levels) => {
        expect(levelsOfWords(detectedWords(levels))).toEqual(levels);
      }),
    );
  });

  it("are refused where a word is none of Loki's", () => expect(levelsOfWords(["error", "loud"])).toBeNull());
});

describe("a line's address", () => {
  const line = { timestampNs: "1795303205123999999", labels: { a: "1", b: "2" }, line: "x" };

  it("names its time, whatever the order of its labels", () => {
    const address = lineAddress(line);
    expect(address).toMatch(/^1795303205123999999-[0-9a-f]{8}$/);
    expect(lineAddress({ ...line, labels: { b: "2", a: "1" } })).toBe(address);
    expect(timeOfAddress(address)).toBe(line.timestampNs);
  });

  it("tells lines of one nanosecond apart", () => {
    const others = [
      { ...line, line: "y" },
      { ...line, labels: { a: "1" } },
    ];
    expect(new Set([line, ...others].map(lineAddress)).size).toBe(3);
  });

  it.each(["", "17", "x-00000000", "17-0000000G", "17-00000000-1"])("%j is none", (text) =>
    expect(timeOfAddress(text)).toBeNull(),
  );
});

describe("the fields of a line", () => {
  it("reads JSON as Loki's parser names it, lists without a name", () => {
    const line = '{"http":{"status-code":500,"ok":false},"tags":["a"],"note":null,"2x":"y"}';
    expect(parseLine(line)).toEqual({
      format: "json",
      fields: [
        { name: "http.status-code", value: "500", label: "http_status_code" },
        { name: "http.ok", value: "false", label: "http_ok" },
        { name: "tags", value: '["a"]', label: null },
        { name: "note", value: "null", label: null },
        { name: "2x", value: "y", label: "_2x" },
      ],
    });
  });

  it("reads logfmt between other words", () => {
    expect(parseLine('GET / level=warn msg="a \\"b\\" =c" empty= took=3ms')).toEqual({
      format: "logfmt",
      fields: [
        { name: "level", value: "warn", label: "level" },
        { name: "msg", value: 'a "b" =c', label: "msg" },
        { name: "took", value: "3ms", label: "took" },
      ],
    });
  });

  it.each(["plain words only", "", "{broken", '["a"]', "a = b"])("%j has none", (line) =>
    expect(parseLine(line)).toBeNull(),
  );

  it("takes no longer for what is made to be slow, and leaves out what is too long", () => {
    for (const part of ["a", '"', "a=", "=", '\\"', "{"]) {
      expect(parseLine(part.repeat(100_000))?.fields.length ?? 0).toBeLessThanOrEqual(200);
    }
    expect(parseLine(`a=b ${"x".repeat(300_000)}`)).toBeNull();
  });

  it("survives JSON nested deeper than anybody reads", () => {
    const deep = `${'{"a":'.repeat(500)}1${"}".repeat(500)}`;
    expect(parseLine(deep)?.fields).toHaveLength(1);
  });

  it("gives only names that LogQL takes", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        expect(labelName(name)).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      }),
    );
  });
});

describe("traces", () => {
  const id = "4BF92F3577B34DA6A3CE929D0E0E4736";

  it.each(["traceId", "trace_id", "trace-id", "http.traceID", "TRACE_ID"])("%s names one", (name) =>
    expect(traceIdOf([{ name, value: id }])).toBe(id.toLowerCase()),
  );

  it.each([
    ["span_id", id],
    ["trace_id", "not hexadecimal!"],
    ["trace_id", "0".repeat(32)],
    ["trace_id", `${id}"><script>`],
  ])("%s=%s names none", (name, value) => expect(traceIdOf([{ name, value }])).toBeNull());

  it("fill an address", () =>
    expect(traceAddress("https://t.example/{traceId}?x={traceId}", "ab")).toBe("https://t.example/ab?x=ab"));
});
