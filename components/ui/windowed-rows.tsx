"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";

const ROW_PX = 38;
const OVERSCAN = 10;
/** What is drawn on the server and first in the browser, before the window's own height is known. */
const FIRST_SIGHT = { width: 0, height: 900 };

/** What a row of a long table says of its place. */
export interface WindowedRow {
  ref: (row: HTMLTableRowElement | null) => void;
  "data-index": number;
  "aria-rowindex": number;
}

interface WindowedRowsProps<T> {
  rows: readonly T[];
  rowKey: (row: T) => string;
  className?: string;
  children: (row: T, place: WindowedRow) => ReactNode;
}

/**
 * The body of a table that scrolls with the page: only the rows in sight and the one with the focus are drawn, however
 * many there are. On paper all of them are.
 */
export function WindowedRows<T>({ rows, rowKey, className, children }: WindowedRowsProps<T>) {
  // The virtualiser changes in place what it returns: nothing of it may be remembered.
  "use no memo";
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  const [focused, setFocused] = useState<string | null>(null);
  const printing = usePrinting();
  const keyOf = (index: number) => rowKey(rows[index]!);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: keyOf,
    overscan: printing ? rows.length : OVERSCAN,
    scrollMargin: top,
    initialRect: FIRST_SIGHT,
    rangeExtractor: (range) => withFocused(defaultRangeExtractor(range), rows, rowKey, focused),
  });
  // What stands above the table may grow or shrink with any new data.
  useLayoutEffect(() => {
    const at = body.current?.getBoundingClientRect().top;
    if (at !== undefined) setTop(Math.round(at + window.scrollY));
  }, [rows]);
  const items = virtual.getVirtualItems();
  const below = top + virtual.getTotalSize() - (items.at(-1)?.end ?? top);
  return (
    <tbody
      ref={body}
      role="rowgroup"
      className={className}
      onFocus={(event) => {
        const index = event.target.closest("[data-index]")?.getAttribute("data-index");
        if (index) setFocused(keyOf(Number(index)));
      }}
      onBlur={() => setFocused(null)}
    >
      {items.flatMap(({ index, key, start }, nth) => {
        const gap = start - (items[nth - 1]?.end ?? top);
        const place = { ref: virtual.measureElement, "data-index": index, "aria-rowindex": index + 2 };
        return [gap > 0 && <Gap key={`before ${key}`} heightPx={gap} />, children(rows[index]!, place)];
      })}
      {below > 0 && <Gap heightPx={below} />}
    </tbody>
  );
}

/** Room of rows that are not drawn. */
function Gap({ heightPx }: { heightPx: number }) {
  return (
    <tr aria-hidden="true">
      <td style={{ height: heightPx }} className="p-0" />
    </tr>
  );
}

/** Places of the drawn rows, with the focused one and its neighbours, where `j` and `k` lead, in order. */
function withFocused<T>(
  inSight: number[],
  rows: readonly T[],
  rowKey: (row: T) => string,
  focused: string | null,
): number[] {
  const at = focused === null ? -1 : rows.findIndex((row) => rowKey(row) === focused);
  if (at < 0) return inSight;
  const near = [at - 1, at, at + 1].filter((place) => place >= 0 && place < rows.length);
  return [...new Set([...inSight, ...near])].sort((a, b) => a - b);
}

/** True from just before the page is printed until it was. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
