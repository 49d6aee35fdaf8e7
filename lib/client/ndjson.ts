/**
 * Reads newline-delimited JSON as it arrives, however the bytes are cut: the values whose lines ended together come
 * together, never none. Blank lines are skipped, a last line needs no newline. Throws a SyntaxError on a line that is
 * not JSON.
 */
export async function* readNdjson(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown[]> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      const values = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as unknown);
      if (values.length > 0) yield values;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
