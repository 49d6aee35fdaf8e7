import { describe, expect, it } from "vitest";
import { encodeLabels, encodeWriteRequest } from "./remote-write.ts";

const T = 1_700_000_000_000;
// 1,700,000,000,000 as a varint, worked out seven bits at a time.
const T_VARINT = "80d095ffbc31";
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const encode = (rows: number[], alive: Uint8Array, stride = rows.length): string =>
  hex(
    encodeWriteRequest({
      labels: [encodeLabels("up", {})],
      timesMs: rows.map(() => T),
      values: Float64Array.from(rows),
      stride,
      alive,
    }),
  );

describe("the remote-write encoding", () => {
  it("sorts labels by name, the metric's name first", () => {
    expect(Buffer.from(encodeLabels("m", { z: "1", a: "2" })).toString("latin1")).toBe(
      "\n\r\n\b__name__\x12\x01m" + "\n\x06\n\x01a\x12\x012" + "\n\x06\n\x01z\x12\x011",
    );
  });

  it("is a write request inside one snappy literal", () => {
    const label = "0a0e" + "0a085f5f6e616d655f5f" + "12027570";
    const sample = "1210" + "09000000000000f03f" + "10" + T_VARINT;
    // 36 bytes: the tag and length of the series, 16 of labels, 18 of the sample; snappy names 36 and then 36 - 1.
    expect(encode([1], Uint8Array.of(0))).toBe("24" + "fc23000000" + "0a22" + label + sample);
  });

  it("marks where a series ends, once, and leaves out what was never there", () => {
    const stale = "020000000000f07f";
    const values = (encoded: string) => [...encoded.matchAll(/121009(.{16})10/g)].map((match) => match[1]);
    const alive = Uint8Array.of(0);
    expect(values(encode([NaN, 1, NaN, NaN], alive))).toEqual(["000000000000f03f", stale]);
    expect(alive).toEqual(Uint8Array.of(0));
    expect(values(encode([1, 1], alive))).toHaveLength(2);
    expect(alive).toEqual(Uint8Array.of(1));
    expect(values(encode([NaN, NaN], alive))).toEqual([stale]);
    expect(values(encode([NaN, NaN], alive))).toEqual([]);
  });
});
