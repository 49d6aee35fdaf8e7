"use client";

import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { becauseOf } from "./record-words.ts";
import { WORD_OF_KIND } from "./release-words.ts";
import { Told } from "./told.tsx";

const SHOWN = 8;

/** The first records of a span, a line each. */
export function RecordList({ records }: { records: readonly DecisionRecord[] }) {
  return (
    <ul>
      {records.slice(0, SHOWN).map((record) => (
        <RecordLine key={record.seq} record={record} />
      ))}
      {records.length > SHOWN && (
        <li className="text-faint pt-1">The first {SHOWN} are shown; the log has the others.</li>
      )}
    </ul>
  );
}

function RecordLine({ record }: { record: DecisionRecord }) {
  const { at, kind, releaseId, decision } = record;
  const word = WORD_OF_KIND[kind];
  return (
    <li className="border-line-soft border-t py-1.5 break-words first:border-t-0">
      <span className="text-faint">
        <Age at={at} />
      </span>{" "}
      {releaseId === null ? (
        word
      ) : (
        <Link href={`/releases/${encodeURIComponent(releaseId)}`} className="underline">
          {word}
        </Link>
      )}{" "}
      {decision !== null && <DecisionWord decision={decision} />}{" "}
      <span className="text-dim">
        <Told>{becauseOf(record)}</Told>
      </span>
    </li>
  );
}
