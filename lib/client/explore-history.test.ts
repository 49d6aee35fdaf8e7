import { expect, test } from "vitest";
import { MAX_HISTORY, readHistory, withEntry, withoutEntry, writeHistory } from "./explore-history.ts";

const entry = (q: string, atMs = 1) => ({ lang: "promql" as const, q, atMs });

/** A browser's storage. */
function storage(kept: string | null = null) {
  const values = new Map(kept === null ? [] : [["burnline-explore-history", kept]]);
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

test("newest first, each query once, in either language", () => {
  const first = withEntry(withEntry([], entry("a", 1)), entry("b", 2));
  const again = withEntry(first, entry("a", 3));
  expect(again).toEqual([entry("a", 3), entry("b", 2)]);
  expect(withEntry(again, { ...entry("a", 4), lang: "logql" })).toHaveLength(3);
  expect(withoutEntry(again, entry("a"))).toEqual([entry("b", 2)]);
});

test("no more than fifty", () => {
  const many = Array.from({ length: MAX_HISTORY + 5 }, (_, at) => entry(String(at)));
  const kept = many.reduce(withEntry, [] as ReturnType<typeof withEntry>);
  expect(kept).toHaveLength(50);
  expect(kept[0]?.q).toBe("54");
});

test("what was kept is read again; none of it leaves nothing behind", () => {
  const kept = storage();
  writeHistory(kept, [entry("a")]);
  expect(readHistory(kept)).toEqual([entry("a")]);
  writeHistory(kept, []);
  expect(kept.values.size).toBe(0);
});

test.each(["", "{", "null", '{"q":"up"}', '[{"q":"up"},7]'])("%j is no history", (text) => {
  expect(readHistory(storage(text))).toEqual([]);
});

test("a browser without room keeps none, and says nothing", () => {
  const full = {
    ...storage(),
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(() => writeHistory(full, [entry("a")])).not.toThrow();
});
