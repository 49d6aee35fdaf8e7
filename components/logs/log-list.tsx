"use client";

import { clsx } from "clsx";
import { lazy, Suspense } from "react";
import { LINE_PX, type LogListProps } from "./list-props.ts";

// Lines are drawn in the browser alone, which knows how many are in sight: what draws them may come after the page.
const WindowedLines = lazy(() =>
  import("./windowed-lines.tsx").then((module) => ({ default: module.WindowedLines })),
);

/** Log lines in the order given, as plain text. */
export function LogList(props: LogListProps) {
  const { lines, className } = props;
  const place = (
    <div className={clsx("overflow-hidden", className)}>
      <div style={{ height: lines.length * LINE_PX }} />
    </div>
  );
  return (
    <Suspense fallback={place}>
      <WindowedLines {...props} />
    </Suspense>
  );
}
