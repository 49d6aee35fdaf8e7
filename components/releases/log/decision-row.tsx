import { clsx } from "clsx";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { Link } from "#components/ui/link.tsx";
import { becauseOf } from "../record-words.ts";
import { shortHash, WORD_OF_KIND } from "../release-words.ts";
import { Told } from "../told.tsx";

/** The grid that rows and their heading share. */
const COLUMNS =
  "lg:grid lg:grid-cols-[52px_90px_130px_minmax(90px,150px)_92px_minmax(180px,1fr)_minmax(90px,150px)_96px] lg:items-baseline lg:gap-x-4";
const HEADS = ["No.", "When", "Record", "Service", "Decision", "Because", "By", "Hash"];

/** The heading of the columns, where there is room for them. */
export function DecisionListHead() {
  return (
    <div aria-hidden="true" className={clsx("text-small text-faint pb-1 max-lg:hidden", COLUMNS)}>
      {HEADS.map((head) => (
        <span key={head}>{head}</span>
      ))}
    </div>
  );
}

/** One record of the log; on phones the few lines that one has to know. */
export function DecisionRow({ record }: { record: DecisionRecord }) {
  const { id, seq, at, kind, service, releaseId, decision, actor, hash } = record;
  return (
    <li
      className={clsx(
        "border-line-soft border-t py-2",
        "max-lg:flex max-lg:flex-wrap max-lg:items-baseline max-lg:gap-x-3 max-lg:gap-y-1",
        COLUMNS,
      )}
    >
      <Link
        href={`/releases/decisions/${encodeURIComponent(id)}`}
        aria-label={`Record ${seq}`}
        className="text-dim rounded-chip tabular-nums underline"
      >
        {seq}
      </Link>
      <span className="text-dim max-lg:order-1">
        <Age at={at} />
      </span>
      <span className="font-medium">
        {releaseId === null ? (
          WORD_OF_KIND[kind]
        ) : (
          <Link href={`/releases/${encodeURIComponent(releaseId)}`} className="rounded-chip hover:underline">
            {WORD_OF_KIND[kind]}
          </Link>
        )}
      </span>
      <span className="min-w-0 break-words">
        {service === "" ? "all services" : <EntityLink kind="services" name={service} />}
      </span>
      {decision === null ? <span className="max-lg:hidden" /> : <DecisionWord decision={decision} />}
      <span className="text-dim min-w-0 break-words max-lg:order-2 max-lg:w-full">
        <Told>{becauseOf(record)}</Told>
      </span>
      <bdi className="text-dim min-w-0 break-words max-lg:order-1">{actor.name ?? actor.id}</bdi>
      <span className="text-small text-faint font-mono max-lg:order-3" title={hash}>
        {shortHash(hash)}
      </span>
    </li>
  );
}
