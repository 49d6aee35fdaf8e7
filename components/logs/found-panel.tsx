"use client";

import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { logFields, logPatterns } from "#lib/client/logs.queries.ts";
import type { LogFields, LogPatterns } from "#lib/contracts/log-routes.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { useTimeRange } from "#components/shell/use-time-range.ts";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import type { QueryEditing } from "./use-query-editing.ts";

interface FoundPanelProps {
  query: string;
  editing: Pick<QueryEditing, "edit">;
}

/** What Loki itself finds in the lines: the fields they have, and the patterns they follow. */
export function FoundPanel({ query, editing }: FoundPanelProps) {
  const { range } = useTimeRange();
  const fields = useQuery(logFields({ query, range }));
  const patterns = useQuery(logPatterns({ query, range }));
  const absent = fields.data?.available === false && patterns.data?.available === false;
  if (absent) {
    return (
      <Card title="Fields and patterns">
        <p className="text-dim max-w-prose">
          This source detects neither fields nor patterns. Loki does from version 3 on, patterns with its
          pattern ingester switched on.
        </p>
      </Card>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
      <Found title="Fields" what="fields" answer={fields}>
        {(found) => <Fields found={found} />}
      </Found>
      <Found title="Patterns" what="patterns" answer={patterns}>
        {(found) => <Patterns found={found} {...editing} />}
      </Found>
    </div>
  );
}

interface FoundProps<T> {
  title: string;
  what: string;
  answer: UseQueryResult<T>;
  children: (found: T) => ReactNode;
}

function Found<T extends { available: boolean }>({ title, what, answer, children }: FoundProps<T>) {
  const { data, error } = answer;
  return (
    <Card title={title}>
      {error && <ErrorState problem={problemOf(error)} onRetry={() => void answer.refetch()} />}
      {!data && !error && <ListSkeleton rows={4} rowHeight="h-6" />}
      {data && !data.available && <p className="text-dim">This source detects no {what}.</p>}
      {data?.available && children(data)}
    </Card>
  );
}

function Fields({ found: { fields } }: { found: LogFields }) {
  if (fields.length === 0) return <p className="text-dim">No field was found in these lines.</p>;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {fields.map(({ name, values, type, parsers }) => (
        <li key={name} className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 font-mono break-all">{harmlessText(name)}</span>
          <span className="text-small text-faint flex-none">
            {[countOf(values, "value"), type, ...parsers].filter(Boolean).join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Patterns({ found: { patterns }, edit }: FoundPanelProps["editing"] & { found: LogPatterns }) {
  if (patterns.length === 0) return <p className="text-dim">No pattern was found in these streams.</p>;
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
      {patterns.map(({ pattern, lines }) => (
        <li key={pattern} className="flex items-baseline gap-3">
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label={`Only lines of the pattern ${harmlessText(pattern)}`}
            onClick={() => edit(({ addPattern }, query) => addPattern(query, pattern))}
          >
            <Plus size={12} aria-hidden="true" />
          </Button>
          <span className="min-w-0 flex-1 font-mono break-all [unicode-bidi:isolate]">
            {harmlessText(pattern)}
          </span>
          <span className="text-small text-faint flex-none">{countOf(lines, "line")}</span>
        </li>
      ))}
    </ul>
  );
}
