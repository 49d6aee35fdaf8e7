"use client";

import { clsx } from "clsx";
import { Check, Link2 } from "lucide-react";
import { useState } from "react";
import { withPanel } from "#lib/client/boards-address.ts";
import type { ExploreAnswer } from "#lib/client/explore.queries.ts";
import { explorePath, type Look } from "#lib/client/explore-view.ts";
import { choiceParam } from "#lib/client/read-param.ts";
import { logsPath } from "#lib/client/log-view.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { UNITS } from "#lib/domain/series/units.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { UNIT_CHOICES } from "#lib/domain/words/units.ts";
import { useMay } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState, PartialNotice } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AddToIncident } from "./add-to-incident.tsx";
import { AnswerCost } from "./answer-cost.tsx";
import { AnswerGraph } from "./answer-graph.tsx";
import { AnswerRaw } from "./answer-raw.tsx";
import { AnswerTable } from "./answer-table.tsx";
import type { RenderLines } from "./render-lines.ts";
import { Switch } from "./switch.tsx";
import type { Explore } from "./use-explore.ts";

interface AnswerCardProps {
  explore: Explore;
  traceUrl: string | null;
  renderLines: RenderLines;
}

const SHOWN_UNITS = UNIT_CHOICES.map(({ value, label }) => ({ value, label: `unit: ${label}` }));

/** What a query answered, as a graph, a table, log lines, or as it came. */
export function AnswerCard(props: AnswerCardProps) {
  const { answer, running, error, view, old } = props.explore;
  if (!answer) {
    if (running) {
      return (
        <div data-state="loading">
          <Skeleton className="h-72" />
        </div>
      );
    }
    return error || view.q.trim() !== "" ? null : <NothingAsked />;
  }
  const heading = headingOf(answer);
  return (
    <section
      aria-label="Answer"
      aria-busy={running}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5 max-sm:px-3"
    >
      <header className="mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="text-dim font-medium">{heading}</h2>
        <span className="text-small text-faint">
          <Age at={new Date(answer.span.askedAtMs).toISOString()} prefix="asked " />
        </span>
        {answer.warnings.length > 0 && <PartialNotice warnings={answer.warnings} />}
        <AnswerTools {...props} answer={answer} />
      </header>
      <div className={clsx(old && "saturate-25")}>
        <AnswerBody {...props} answer={answer} />
      </div>
      <AnswerCost answer={answer} />
    </section>
  );
}

function headingOf({ figures, lines, span }: ExploreAnswer): string {
  if (lines) {
    const count = countOf(lines.lines.length, "line");
    return lines.limitReached ? `The newest ${count} of more` : count;
  }
  if (figures.kind === "scalar" || figures.kind === "string") return `One ${figures.kind}`;
  const series = countOf(figures.series.length, "series", "series");
  const points = figures.series.reduce((sum, { samples }) => sum + samples.length, 0);
  return figures.kind === "vector"
    ? series
    : `${series}, ${countOf(points, "point")}, ${span.stepSeconds} s apart`;
}

function NothingAsked() {
  return (
    <section aria-label="Answer" className="rounded-panel border-line-soft bg-panel border px-4 py-3.5">
      <EmptyState title="No query yet">
        Write one above and run it. Every panel of every page leads here with its own query: “Open in Explore”
        in its menu.
      </EmptyState>
    </section>
  );
}

/** The ways in which an answer can be looked at; the first one stands for those that it has not. */
function looksOf({ figures, lines }: ExploreAnswer): { value: Look; label: string }[] {
  const raw = { value: "raw", label: "Raw" } as const;
  if (lines) return [{ value: "graph", label: "Lines" }, raw];
  const table = { value: "table", label: "Table" } as const;
  return figures.kind === "matrix" ? [{ value: "graph", label: "Graph" }, table, raw] : [table, raw];
}

function lookOf(answer: ExploreAnswer, wanted: Look): Look {
  const looks = looksOf(answer);
  return looks.some(({ value }) => value === wanted) ? wanted : (looks[0]?.value ?? "raw");
}

type WithAnswer = AnswerCardProps & { answer: ExploreAnswer };

interface Saved {
  view: Explore["view"];
  answer: ExploreAnswer;
}

/** A title to begin with. */
const TITLE_LENGTH = 60;

/** Ways to look at it, and to take it along. */
function AnswerTools({ explore: { view, setView }, answer }: WithAnswer) {
  const look = lookOf(answer, view.look);
  const range = fixedRange(answer);
  return (
    <span className="ml-auto flex flex-wrap items-center gap-2">
      {look === "graph" && answer.figures && (
        <Select
          aria-label="Unit of the values"
          choices={SHOWN_UNITS}
          value={view.unit}
          onChange={({ target }) => void setView({ unit: choiceParam(UNITS, target.value) ?? "count" })}
        />
      )}
      {look === "graph" && answer.figures && view.lang === "promql" && (
        <Button
          aria-pressed={view.exemplars}
          variant={view.exemplars ? "primary" : "outline"}
          onClick={() => void setView({ exemplars: !view.exemplars })}
        >
          Exemplars
        </Button>
      )}
      {answer.lines && (
        <Link href={logsPath(view.q, range)} className="rounded-chip text-dim hover:text-ink underline">
          Open in Logs
        </Link>
      )}
      <Switch
        label="Shown as"
        choices={looksOf(answer)}
        value={look}
        onChange={(next) => void setView({ look: next })}
      />
      <CopyLink path={explorePath(view, range)} />
      <SaveToBoard view={view} answer={answer} />
      <AddToIncident told={{ lang: view.lang, query: view.q, path: explorePath(view, range) }} />
    </span>
  );
}

/** Boards hold PromQL over time and log lines. */
function SaveToBoard({ view: { lang, q: query, unit }, answer: { lines } }: Saved) {
  const mayWrite = useMay("boards:write");
  const kind = lines ? "logs" : lang === "promql" ? "series" : null;
  if (kind === null || !mayWrite) return null;
  const title = query.length > TITLE_LENGTH ? `${query.slice(0, TITLE_LENGTH - 1)}…` : query;
  const panel = { kind, title, query, unit } as const;
  return (
    <Link href={withPanel("/boards/new", panel)} className="rounded-chip text-dim hover:text-ink underline">
      Save to a board
    </Link>
  );
}

/** The span of an answer: a colleague who opens it tomorrow sees the same. */
function fixedRange({ span: { fromMs, toMs } }: ExploreAnswer): TimeRange {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

function CopyLink({ path }: { path: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  const done = copied === path;
  const Icon = done ? Check : Link2;
  const copy = () =>
    navigator.clipboard.writeText(new URL(path, location.href).href).then(() => setCopied(path));
  return (
    <Button title="A link to this query over this very time" onClick={() => void copy()}>
      <Icon size={13} aria-hidden="true" />
      {done ? "Copied" : "Copy link"}
    </Button>
  );
}

function AnswerBody({ explore: { view }, answer, renderLines, traceUrl }: WithAnswer) {
  const look = lookOf(answer, view.look);
  if (look === "raw") return <AnswerRaw text={answer.raw} />;
  if (answer.lines) {
    if (answer.lines.lines.length === 0) {
      return <EmptyState title="No line in this range">The source answered, and nothing matches.</EmptyState>;
    }
    return renderLines(answer.lines.lines, view.q, fixedRange(answer));
  }
  const { figures } = answer;
  if (figures.series.length === 0) {
    return (
      <EmptyState title="Nothing matches">
        {figures.histograms > 0
          ? `${countOf(figures.histograms, "native histogram")} came: they are neither drawn nor listed, and stand in the raw answer.`
          : "The source answered without a sample. Check the names and labels, or widen the time range."}
      </EmptyState>
    );
  }
  if (look === "table") return <AnswerTable figures={figures} />;
  const exemplarsOf = view.exemplars && view.lang === "promql" ? view.q : null;
  return (
    <AnswerGraph
      figures={figures}
      span={answer.span}
      unit={view.unit}
      exemplarsOf={exemplarsOf}
      traceUrl={traceUrl}
    />
  );
}
