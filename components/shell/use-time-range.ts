"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { parseTimeRange, rangeParams } from "#lib/client/time-range.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";

const PARAMS = { range: parseAsString, from: parseAsString, to: parseAsString };

/** The page's time range, kept in the URL. `rejected` says why the URL's own range was not taken. */
export function useTimeRange() {
  const [params, setParams] = useQueryStates(PARAMS, { history: "push" });
  const { range, rejected } = parseTimeRange(params);
  const setRange = (next: TimeRange) => void setParams(rangeParams(next));
  return { range, rejected, setRange };
}
