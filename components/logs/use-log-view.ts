"use client";

import { useQueryStates } from "nuqs";
import { LOG_VIEW } from "#lib/client/log-view.ts";

/** What the Logs page shows, kept in its address. */
export function useLogView() {
  const [view, setView] = useQueryStates(LOG_VIEW);
  return { view, setView };
}
