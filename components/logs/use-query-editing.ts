"use client";

import type { Picks } from "#lib/domain/logql/edit-query.ts";
import { useLoaded } from "#components/shell/use-loaded.ts";

// The grammar of queries is large: it comes after the first paint, for which the server read the query.
const loadGrammar = () => import("#lib/domain/logql/edit-query.ts");
type Grammar = Awaited<ReturnType<typeof loadGrammar>>;

/** What a query says in the pickers' terms, and how it is changed by them. */
export interface QueryEditing {
  /** Null for a query that the pickers cannot read. */
  picks: Picks | null;
  /** Asks for what the grammar makes of the query. */
  edit: (change: (grammar: Grammar, query: string) => string) => void;
}

/** Lets pickers write `query`. `first` are its picks as the server read them. */
export function useQueryEditing(
  query: string,
  first: Picks | null,
  onQuery: (query: string) => void,
): QueryEditing {
  const grammar = useLoaded(loadGrammar);
  return {
    picks: grammar ? grammar.readPicks(query) : first,
    edit: (change) => void loadGrammar().then((loaded) => onQuery(change(loaded, query))),
  };
}
