"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { useEffect, useRef, useState } from "react";
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
  const toggle = (address: string) =>
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(address)) after.add(address);
      return after;
    });
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
          const { line, repeats } = row;
          const address = lineAddress(line);
          const open = opened.has(address);
          return (
            <li
              key={index}
              ref={rows.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={lines.length}
              aria-current={address === marked ? "true" : undefined}
              className={clsx("absolute inset-x-0 top-0", address === marked && "bg-accent/15")}
              style={{ transform: `translateY(${start}px)` }}
            >
              <LineRow
                line={line}
                repeats={repeats}
                wrap={wrap}
                open={open}
                onToggle={() => toggle(address)}
              />
              {open && <LineDetails line={line} actions={actions} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
