import fc from "fast-check";
import { expect, test } from "vitest";
import { readNdjson } from "./ndjson.ts";

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge));
}

async function all(body: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const together of readNdjson(body)) {
    expect(together).not.toEqual([]);
    values.push(...together);
  }
  return values;
}

test("the cuts between chunks never matter, not even inside a character", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.boolean(),
      async (values, places, lastNewline) => {
        const text = values.map((value) => JSON.stringify({ value, mark: "µ→😀" })).join("\n");
        const read = await all(streamOf(cut(lastNewline ? `${text}\n` : text, places)));
        const expected = values.map(
          (value) => JSON.parse(JSON.stringify({ value, mark: "µ→😀" })) as unknown,
        );
        expect(read).toEqual(expected);
      },
    ),
  );
});

test("a line is handed out before the next one has arrived, with all that came with it", async () => {
  let push: (text: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      push = (text) => controller.enqueue(new TextEncoder().encode(text));
    },
  });
  const lines = readNdjson(body);
  push('{"id":1}\n{"id"');
  expect(await lines.next()).toEqual({ done: false, value: [{ id: 1 }] });
  push(':2}\n{"id":3}\n');
  expect(await lines.next()).toEqual({ done: false, value: [{ id: 2 }, { id: 3 }] });
});

test("blank lines and Windows line ends are no values", async () => {
  expect(await all(streamOf(cut('\n{"a":1}\r\n\r\n\n{"a":2}', [])))).toEqual([{ a: 1 }, { a: 2 }]);
});

test("a line that is not JSON throws, and the source is told to stop", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode("<html>\n")),
    cancel: () => void (cancelled = true),
  });
  await expect(all(body)).rejects.toThrow(SyntaxError);
  expect(cancelled).toBe(true);
});
