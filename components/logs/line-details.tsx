"use client";

import { ExternalLink, Minus, Plus } from "lucide-react";
import { webAddress } from "#lib/client/web-address.ts";
import type { LogLine } from "#lib/contracts/logs.ts";
import { type LineField, parseLine } from "#lib/domain/logs/line-fields.ts";
import { traceAddress, traceIdOf } from "#lib/domain/logs/trace.ts";
import type { FieldFilter } from "#lib/domain/logql/edit-query.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessLines, harmlessText } from "#lib/format/harmless-text.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { cutText } from "./log-text.ts";

const SHOWN_CHARACTERS = 20_000;
const SHOWN_VALUE = 1_000;

/** What can be done with a line where it is shown. */
export interface LineActions {
  /** Keeps or drops lines by a field. */
  onFilter: (filter: FieldFilter) => void;
  /** Shows the lines around it; not offered where they are shown already. */
  onContext?: (line: LogLine) => void;
  /** Where a colleague sees the line. */
  linkTo: (line: LogLine) => string;
  /** Where traces are shown, with `{traceId}` in it; null: nowhere. */
  traceUrl: string | null;
}

type Where = FieldFilter["where"];
interface Shown extends LineField {
  where: Where;
}

/** An opened line: whole, with the fields it holds, each a filter. */
export function LineDetails({ line, actions }: { line: LogLine; actions: LineActions }) {
  const { labels, metadata, parsed } = fieldsOf(line);
  const traceId = traceIdOf([...metadata, ...parsed, ...labels]);
  const { text, cut } = cutText(line.line, SHOWN_CHARACTERS);
  return (
    <div className="border-line-soft bg-raised/40 mb-1 grid gap-2.5 border-y px-3 py-2.5 sm:ml-5">
      <div className="flex flex-wrap gap-2 font-sans">
        <CopyButton text={line.line}>Copy line</CopyButton>
        <CopyButton text={() => actions.linkTo(line)}>Copy link</CopyButton>
        {actions.onContext && <Button onClick={() => actions.onContext?.(line)}>Lines around it</Button>}
        <TraceLink template={actions.traceUrl} traceId={traceId} />
      </div>
      <pre className="text-ink max-h-80 overflow-y-auto break-all whitespace-pre-wrap [unicode-bidi:isolate]">
        {harmlessLines(text)}
        {cut > 0 && (
          <span className="text-faint">
            {" "}
            … cut here, {countOf(cut, "character")} more; copy has all of it
          </span>
        )}
      </pre>
      <Fields title="Fields of the line" fields={parsed} onFilter={actions.onFilter} />
      <Fields title="Kept beside it" fields={metadata} onFilter={actions.onFilter} />
      <Fields title="Labels of its stream" fields={labels} onFilter={actions.onFilter} />
    </div>
  );
}

/** A field that is there already under a name is known to LogQL by another: a parser does not overwrite it. */
function fieldsOf({ line, labels, fields }: LogLine): Record<"labels" | "metadata" | "parsed", Shown[]> {
  const shown = (record: Readonly<Record<string, string>>, where: Where) =>
    Object.entries(record).map(([name, value]): Shown => ({ name, value, label: name, where }));
  const found = parseLine(line);
  const taken = (label: string) => Object.hasOwn(labels, label);
  const inLine = (found?.fields ?? []).map((field): Shown => {
    const label = field.label !== null && taken(field.label) ? `${field.label}_extracted` : field.label;
    return { ...field, label, where: found?.format ?? "json" };
  });
  const known = new Set(inLine.map(({ label }) => label));
  const metadata = shown(fields, "metadata").filter(({ label }) => !known.has(label));
  return { labels: shown(labels, "label"), metadata, parsed: inLine };
}

interface FieldsProps {
  title: string;
  fields: readonly Shown[];
  onFilter: LineActions["onFilter"];
}

function Fields({ title, fields, onFilter }: FieldsProps) {
  if (fields.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="text-faint font-sans">{title}</h3>
      <dl className="grid grid-cols-[minmax(0,max-content)_minmax(0,1fr)] gap-x-3">
        {fields.map((field) => (
          <div key={field.name} className="col-span-2 grid grid-cols-subgrid items-start">
            <dt className="text-dim flex items-center gap-0.5 break-all">
              <FilterButtons field={field} onFilter={onFilter} />
              {harmlessText(field.name)}
            </dt>
            <dd className="text-ink py-0.5 break-all [unicode-bidi:isolate]">
              <Value value={field.value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ value }: { value: string }) {
  const { text, cut } = cutText(value, SHOWN_VALUE);
  return (
    <>
      {harmlessText(text)}
      {cut > 0 && <span className="text-faint"> … cut, {countOf(cut, "character")} more</span>}
    </>
  );
}

function FilterButtons({ field, onFilter }: { field: Shown; onFilter: LineActions["onFilter"] }) {
  const { label, value, where } = field;
  if (label === null) return <span className="w-12.5 flex-none" />;
  const filter = (keep: boolean) => onFilter({ name: label, value, where, keep });
  const named = harmlessText(field.name);
  return (
    <>
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={`Only lines with this ${named}`}
        onClick={() => filter(true)}
      >
        <Plus size={12} aria-hidden="true" />
      </Button>
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={`No lines with this ${named}`}
        onClick={() => filter(false)}
      >
        <Minus size={12} aria-hidden="true" />
      </Button>
    </>
  );
}

function TraceLink({ template, traceId }: { template: string | null; traceId: string | null }) {
  const href = template && traceId ? webAddress(traceAddress(template, traceId)) : null;
  if (!href || !traceId) return null;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="rounded-control border-line text-dim hover:border-line-strong hover:text-ink inline-flex h-7.5 items-center gap-1.5 border px-2.5"
    >
      Trace {traceId.slice(0, 8)}…
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
