import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Figure,
  writeBytes,
  writeBytesPerSecond,
  writeCelsius,
  writeCores,
  writeCount,
  writeDays,
  writePerSecond,
  writeRatio,
  writeSeconds,
  writeTimes,
} from "./figures.ts";

const WRITERS = {
  writeBytes,
  writeBytesPerSecond,
  writeCelsius,
  writeCores,
  writeCount,
  writeDays,
  writePerSecond,
  writeRatio,
  writeSeconds,
  writeTimes,
};
type Writer = keyof typeof WRITERS;

test.each<[Writer, Figure, string]>([
  ["writeSeconds", 0.000_42, "0.42 ms"],
  ["writeSeconds", 0.4118, "412 ms"],
  ["writeSeconds", 0.9994, "999 ms"],
  ["writeSeconds", 0.9996, "1 s"],
  ["writeSeconds", 1.414, "1.41 s"],
  ["writeSeconds", 12, "12 s"],
  ["writeSeconds", 119.4, "119 s"],
  ["writeSeconds", 119.6, "2 min"],
  ["writeSeconds", 90 * 60, "90 min"],
  ["writeSeconds", 2.5 * 3600, "2.5 h"],
  ["writeSeconds", 19 * 3600 + 600, "19 h"],
  ["writeSeconds", 6.04 * 86_400, "6 d"],
  ["writeSeconds", 41.4 * 86_400, "41 d"],
  ["writeSeconds", 0, "0 s"],
  ["writeDays", 3.21, "3.2 d"],
  ["writeDays", 0.5, "12 h"],
  ["writeRatio", 0.0231, "2.31 %"],
  ["writeRatio", 0.834_49, "83.4 %"],
  ["writeRatio", 0.000_1, "0.01 %"],
  ["writeRatio", 0.000_001, "<0.001 %"],
  ["writeRatio", 0, "0 %"],
  ["writeRatio", 1, "100 %"],
  ["writeRatio", 0.999_9, "99.9 %"],
  ["writeRatio", 1.42, "142 %"],
  ["writeRatio", -0.42, "-42 %"],
  ["writeRatio", 12.345, "1,230 %"],
  ["writePerSecond", 186.4, "186/s"],
  ["writePerSecond", 0.031_2, "0.0312/s"],
  ["writePerSecond", 1240, "1.24k/s"],
  ["writePerSecond", 999.7, "1k/s"],
  ["writePerSecond", 0, "0/s"],
  ["writeBytes", 512, "512 B"],
  ["writeBytes", 18.2e9, "18.2 GB"],
  ["writeBytes", 999.9e9, "1 TB"],
  ["writeBytes", -2e6, "-2 MB"],
  ["writeBytesPerSecond", 26.5e6, "26.5 MB/s"],
  ["writeCount", 1204, "1,204"],
  ["writeCount", 12_345, "12.3k"],
  ["writeCount", 2.5, "2.5"],
  ["writeCores", 1, "1 core"],
  ["writeCores", 0.42, "0.42 cores"],
  ["writeCelsius", 61.04, "61 °C"],
  ["writeTimes", 2.2, "2.2x"],
])("%s(%s) reads %s", (writer, value, text) => expect(WRITERS[writer](value)).toBe(text));

describe("no number", () => {
  const cases = (Object.keys(WRITERS) as Writer[]).flatMap((writer) =>
    [null, undefined, NaN, Infinity, -Infinity].map((value): [Writer, Figure] => [writer, value]),
  );
  test.each(cases)("%s(%s) is a dash", (writer, value) => expect(WRITERS[writer](value)).toBe("—"));
});

test("never more than three significant figures", () => {
  const significant = (text: string) =>
    /[\d.,]+/.exec(text)![0].replace(/[.,]/g, "").replace(/^0+/, "").replace(/0+$/, "").length;
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (value) => {
      for (const [name, write] of Object.entries(WRITERS)) {
        if (name !== "writeCount") expect(significant(write(value)), `${name}(${value})`).toBeLessThan(4);
      }
    }),
  );
});
