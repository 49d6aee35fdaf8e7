import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { prerenderToNodeStream } from "react-dom/static";
import { expect, test } from "vitest";
import { type Column, DataTable } from "./data-table.tsx";

interface Row {
  name: string;
  size: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "name", header: "Name", cell: ({ name }) => name },
  { key: "size", header: "Size", cell: ({ size }) => size, sortBy: ({ size }) => size },
];
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, nth) => ({ name: `row ${nth}`, size: nth }));
const drawn = async (count: number, sorted = false): Promise<string> => {
  const { prelude } = await prerenderToNodeStream(
    <DataTable
      label="Things"
      columns={COLUMNS}
      rows={rowsOf(count)}
      rowKey={({ name }) => name}
      initialSort={sorted ? { key: "size", direction: "descending" } : undefined}
    />,
  );
  return text(prelude as Readable);
};
const rowCount = (html: string) => html.match(/role="row"/g)?.length;

test("up to 150 rows are all drawn, and the browser counts them itself", async () => {
  const html = await drawn(150);
  expect(rowCount(html)).toBe(151);
  expect(html).not.toContain("aria-rowcount");
});

test("of a thousand rows those in the first sight are drawn; all are counted, each knows its place", async () => {
  const html = await drawn(1_000);
  expect(html).toContain('aria-rowcount="1001"');
  expect(rowCount(html)).toBeLessThan(60);
  expect(html).toContain('aria-rowindex="1"');
  expect(html).toMatch(/data-index="0" aria-rowindex="2"[^>]*>.*?row 0</);
  expect(html).toContain("row 20<");
  expect(html).not.toContain("row 999<");
});

test("the rows in sight are those of the order", async () => {
  const html = await drawn(1_000, true);
  expect(html).toMatch(/data-index="0" aria-rowindex="2"[^>]*>.*?row 999</);
  expect(html).not.toContain("row 0<");
});
