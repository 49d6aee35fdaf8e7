"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { exploreAnswer } from "#lib/client/explore.queries.ts";
import { EXPLORE_VIEW, type Language } from "#lib/client/explore-view.ts";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { useQueryHistory } from "./use-query-history.ts";

/** The query that is asked, kept in the address; the one that is typed; and the answer. */
export function useExplore() {
  const [view, setView] = useQueryStates(EXPLORE_VIEW);
  const { range } = useTimeRange();
  const history = useQueryHistory();
  // What is typed belongs to what was asked last: another address, another text.
  const [draft, setDraft] = useState({ lang: view.lang, of: view.q, text: view.q });
  const text = draft.lang === view.lang && draft.of === view.q ? draft.text : view.q;
  const { lang, q, span, step } = view;
  const wanted = exploreAnswer({ lang, q, span, step, range });
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...wanted,
    placeholderData: keepPreviousData,
  });
  const client = useQueryClient();

  const ask = (nextLang: Language, nextQuery: string) => {
    if (nextQuery.trim() === "") return;
    history.add({ lang: nextLang, q: nextQuery, atMs: Date.now() });
    setDraft({ lang: nextLang, of: nextQuery, text: nextQuery });
    if (nextLang === lang && nextQuery === q) void refetch();
    else void setView({ lang: nextLang, q: nextQuery }, { history: "push" });
  };
  const asked = q.trim() !== "";
  return {
    view,
    setView,
    history,
    text,
    type: (typed: string) => setDraft({ lang, of: q, text: typed }),
    ask,
    run: () => ask(lang, text),
    cancel: () => void client.cancelQueries({ queryKey: wanted.queryKey }),
    speak: (next: Language) => void setView({ lang: next, q: null }, { history: "push" }),
    answer: asked ? (data ?? null) : null,
    error: asked ? error : null,
    running: isFetching,
    /** The answer is that of an earlier query, or of this one before it failed. */
    old: isPlaceholderData || error !== null,
  };
}
export type Explore = ReturnType<typeof useExplore>;
