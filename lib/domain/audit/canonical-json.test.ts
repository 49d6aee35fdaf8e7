import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json, storable } from "./canonical-json.ts";

function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, shuffled(part)]),
  );
}

const anyJson = fc.jsonValue({ stringUnit: "binary" }).map((value) => value as Json);

describe("canonicalJson", () => {
  it.each<[Json, string]>([
    [{ b: 1, a: [true, null], "": { z: "x", é: 1 } }, '{"":{"z":"x","é":1},"a":[true,null],"b":1}'],
    [{ "10": 1, "9": 2 }, '{"10":1,"9":2}'],
    [JSON.parse('{"b":0,"__proto__":{"x":1}}'), '{"__proto__":{"x":1},"b":0}'],
    [[1e21, 5e-324, -0, 0.1], "[1e+21,5e-324,0,0.1]"],
    ['\u2028"\\', '"\u2028\\"\\\\"'],
  ])("writes %j in one way", (value, text) => expect(canonicalJson(value)).toBe(text));

  it("does not depend on the order of keys, and says the same as was given", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.stringify(JSON.parse(canonicalJson(value)))).toBe(
          JSON.stringify(JSON.parse(canonicalJson(shuffled(value)))),
        );
      }),
    );
  });

  it("tells different values apart", () => {
    fc.assert(
      fc.property(anyJson, anyJson, (one, other) => {
        const equal = canonicalJson(one) === canonicalJson(other);
        expect(equal).toBe(
          canonicalJson(JSON.parse(JSON.stringify(one))) === canonicalJson(JSON.parse(JSON.stringify(other))),
        );
      }),
    );
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
    expect(canonicalJson(["1"])).not.toBe(canonicalJson([1]));
  });
});

describe("storable", () => {
  it.each<[unknown, Json]>([
    [undefined, null],
    [
      { a: undefined, b: new Date(0), c: [undefined], d: Number.NaN },
      { b: "1970-01-01T00:00:00.000Z", c: [null], d: null },
    ],
    ["a\u0000b\ud800", "a\uFFFDb\uFFFD"],
    [{ "k\u0000": "\udc00\ud83d\ude00" }, { "k\uFFFD": "\uFFFD\u{1F600}" }],
  ])("makes of %j what a jsonb column gives back", (value, kept) => expect(storable(value)).toEqual(kept));

  it("changes nothing a second time", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(storable(storable(value))).toEqual(storable(value));
      }),
    );
  });

  it("refuses what JSON cannot say", () => expect(() => storable({ n: 1n })).toThrow(TypeError));
});
