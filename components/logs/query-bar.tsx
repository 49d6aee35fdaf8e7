"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { logLabelValues } from "#lib/client/logs.queries.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { QueryEditing } from "./use-query-editing.ts";

interface QueryFieldProps {
  query: string;
  onQuery: (query: string) => void;
}

/** Pickers that write LogQL, and the query itself, which can be edited by hand: both say the same at any time. */
export function QueryBar({ query, onQuery, editing }: QueryFieldProps & { editing: QueryEditing }) {
  const { picks } = editing;
  return (
    <search className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <LabelPicker label="service" {...editing} />
        <LabelPicker label="node" {...editing} />
        <TextPicker key={picks?.text} {...editing} />
      </div>
      <QueryField key={query} query={query} onQuery={onQuery} />
      {picks === null && (
        <p className="text-small text-faint">
          The pickers rest: they read LogQL queries for lines, and this is none.
        </p>
      )}
    </search>
  );
}

function LabelPicker({ label, picks, edit }: QueryEditing & { label: "service" | "node" }) {
  const { data: known = [] } = useQuery(logLabelValues(label));
  const picked = picks?.[label] ?? null;
  const values = picked === null || known.includes(picked) ? known : [picked, ...known];
  return (
    <Select
      aria-label={`Only this ${label}`}
      className="max-sm:min-w-0 max-sm:flex-1 sm:max-w-56"
      disabled={picks === null}
      choices={[{ value: "", label: `any ${label}` }, ...values.map((value) => ({ value, label: value }))]}
      value={picked ?? ""}
      onChange={({ target: { value } }) =>
        edit(({ pickLabel }, query) => pickLabel(query, label, value || null))
      }
    />
  );
}

function TextPicker({ picks, edit }: QueryEditing) {
  const [text, setText] = useState(picks?.text ?? "");
  const apply = () => {
    if (picks && text !== picks.text) edit(({ pickText }, query) => pickText(query, text));
  };
  return (
    <Input
      data-filter=""
      type="search"
      aria-label="Only lines with this text"
      placeholder="Only lines with this text"
      className="w-full sm:w-72 sm:flex-1"
      disabled={picks === null}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply();
      }}
    />
  );
}

/** The query as it is asked; Enter asks it, Shift+Enter begins a new line. */
function QueryField({ query, onQuery }: QueryFieldProps) {
  const [draft, setDraft] = useState(query);
  const changed = draft.trim() !== query;
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    onQuery(draft.trim());
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <TextArea
        aria-label="Query in LogQL"
        spellCheck={false}
        autoCapitalize="off"
        rows={Math.min(6, draft.split("\n").length)}
        className="field-sizing-content min-h-7.5 w-full min-w-0 font-mono text-[12px] break-all"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey) submit(event);
        }}
      />
      <Button type="submit" variant={changed ? "primary" : "outline"}>
        Ask
      </Button>
    </form>
  );
}
