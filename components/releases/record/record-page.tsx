import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { harmlessLines } from "#lib/format/harmless-text.ts";
import { Card } from "#components/shell/card.tsx";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { BudgetsCard } from "../page/budgets-card.tsx";
import { FactsCard } from "../page/facts-card.tsx";
import { MatrixCard } from "../page/matrix-card.tsx";
import { RiskCard } from "../page/risk-card.tsx";
import { Provenance, Verdict } from "../page/verdict.tsx";
import { WORD_OF_KIND } from "../release-words.ts";
import { answerOf } from "./record-answer.ts";

/** One record of the log, which never changes: an answer of the gate as it was given, or what became of one. */
export function RecordPage({ record }: { record: DecisionRecord }) {
  const answer = answerOf(record);
  if (!answer) return <OtherRecord record={record} />;
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(320px,1fr)]">
        <Card title="Decision" aside={<Provenance verdict={answer} />}>
          <Verdict verdict={answer} />
          <About record={record} />
        </Card>
        <MatrixCard verdict={answer} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <RiskCard score={answer.score} />
        <BudgetsCard verdict={answer} />
      </div>
      <FactsCard verdict={answer} />
    </>
  );
}

/** What is not an evaluation: its body as it was written. */
function OtherRecord({ record }: { record: DecisionRecord }) {
  const { body, hash, previousHash } = record;
  return (
    <Card title={WORD_OF_KIND[record.kind]} aside={<Age at={record.at} />}>
      <pre
        tabIndex={0}
        aria-label="As it was written"
        className="rounded-control bg-raised text-small max-h-[60vh] overflow-auto px-2.5 py-2 font-mono break-all whitespace-pre-wrap"
      >
        {harmlessLines(JSON.stringify(body, null, 2))}
      </pre>
      <dl className="mt-3 grid gap-x-4 gap-y-1 sm:grid-cols-[110px_minmax(0,1fr)]">
        <dt className="text-faint">Hash</dt>
        <dd className="font-mono break-all">{hash}</dd>
        <dt className="text-faint">Follows</dt>
        <dd className="font-mono break-all">{previousHash}</dd>
      </dl>
      <About record={record} />
    </Card>
  );
}

/** Whom it concerns, and who asked or wrote. */
function About({ record: { service, releaseId, actor } }: { record: DecisionRecord }) {
  return (
    <p className="text-dim border-line-soft mt-4 border-t pt-3 break-words">
      {service === "" ? "all services" : <EntityLink kind="services" name={service} />} · by{" "}
      <bdi>{actor.name ?? actor.id}</bdi> ·{" "}
      {releaseId === null ? (
        "asked without a release"
      ) : (
        <Link href={`/releases/${encodeURIComponent(releaseId)}`} className="text-accent underline">
          its release
        </Link>
      )}
    </p>
  );
}
