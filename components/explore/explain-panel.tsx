"use client";

import { type ExplainedPart, explainPromql } from "#lib/domain/promql/explain.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** What the query does, part by part, in plain words. */
export function ExplainPanel({ query }: { query: string }) {
  const { part, at } = explainPromql(query);
  if (!part) return <p className="text-dim mt-1.5">{unreadable(query, at)}</p>;
  return (
    <div className="mt-1.5 grid gap-2">
      <ul aria-label="What it does" className="grid gap-2">
        <Part part={part} />
      </ul>
      <p className="text-small text-faint">
        Read from the query alone, outermost part first: what the names mean, Burnline does not know.
      </p>
    </div>
  );
}

function Part({ part: { text, says, known, parts } }: { part: ExplainedPart }) {
  return (
    <li className="min-w-0">
      <code className="text-small text-dim block truncate font-mono" title={text}>
        {harmlessText(text.replace(/\s+/g, " "))}
      </code>
      <p className={known ? "break-words" : "text-warning break-words"}>{harmlessText(says)}</p>
      {parts.length > 0 && (
        <ul className="border-line mt-2 grid gap-2 border-l pl-3">
          {parts.map((part, index) => (
            <Part key={index} part={part} />
          ))}
        </ul>
      )}
    </li>
  );
}

function unreadable(query: string, at: number): string {
  const before = query.slice(0, at).split("\n");
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `From ${place} on Burnline cannot read it: it is unfinished, or newer than what Burnline knows. The source decides.`;
}
