"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { useCallback, useEffect, useRef, useState, type Ref } from "react";
import type { LogLine } from "#lib/contracts/logs.ts";
import type { Deduped } from "#lib/domain/logs/dedupe.ts";
import { lineAddress } from "#lib/domain/logs/line-address.ts";
import { LineDetails } from "./line-details.tsx";
import { LineRow } from "./line-row.tsx";
import { LINE_PX, type LogListProps } from "./list-props.ts";

/** Log lines of which only those in sight are drawn, however many there are. */
export function WindowedLines({ lines, label, wrap, actions, marked, startAt, className }: LogListProps) {
  // The virtualiser changes in place what it returns: nothing of it may be remembered.
  "use no memo";
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 12,
  });
  useEffect(() => {
    if (startAt !== undefined) rows.scrollToIndex(startAt, { align: "center" });
  }, [rows, startAt]);
  const toggle = useCallback((address: string) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(address)) after.add(address);
      return after;
    });
  }, []);
  return (
    <div ref={scroller} className={clsx("overflow-y-auto overscroll-contain", className)}>
      <ol
        aria-label={label}
        data-rows=""
        className="text-small relative font-mono"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const row = lines[index];
          if (!row) return null;
          return (
            <WindowedLine
              key={index}
              row={row}
              index={index}
              count={lines.length}
              startPx={start}
              measure={rows.measureElement}
              opened={opened}
              onToggle={toggle}
              wrap={wrap}
              actions={actions}
              marked={marked}
            />
          );
        })}
      </ol>
    </div>
  );
}

interface WindowedLineProps extends Pick<LogListProps, "wrap" | "actions" | "marked"> {
  row: Deduped<LogLine>;
  index: number;
  count: number;
  startPx: number;
  measure: Ref<HTMLLIElement>;
  /** The addresses of the lines that are open. */
  opened: ReadonlySet<string>;
  onToggle: (address: string) => void;
}

/** A line in its place; while one scrolls it stays as it was drawn. */
function WindowedLine(props: WindowedLineProps) {
  const { row, index, count, startPx, measure, opened, onToggle, wrap, actions, marked } = props;
  const { line, repeats } = row;
  const address = lineAddress(line);
  const open = opened.has(address);
  return (
    <li
      ref={measure}
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-current={address === marked ? "true" : undefined}
      className={clsx("absolute inset-x-0 top-0", address === marked && "bg-accent/15")}
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <LineRow line={line} repeats={repeats} wrap={wrap} open={open} onToggle={() => onToggle(address)} />
      {open && <LineDetails line={line} actions={actions} />}
    </li>
  );
}
