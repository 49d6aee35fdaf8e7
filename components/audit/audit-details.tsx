import type { ReactNode } from "react";
import type { AuditEntry } from "#lib/contracts/audit.ts";
import { type Change, difference } from "#lib/domain/audit/difference.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** What a record changed, field by field, and where it came from. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const { changes, same } = difference(entry.before, entry.after);
  const unchanged = `${same} ${same === 1 ? "field" : "fields"} unchanged`;
  return (
    <div className="grid gap-3 pt-1 pb-3.5 pl-7 max-sm:pl-5.5">
      {changes.length > 0 && (
        <dl aria-label="What changed" className="bg-raised rounded-control grid gap-1.5 px-3 py-2.5">
          {changes.map((change) => (
            <ChangeLine key={change.path} change={change} />
          ))}
        </dl>
      )}
      {changes.length === 0 && same === 0 && <p className="text-dim">The record holds no details.</p>}
      {same > 0 && <p className="text-small text-faint">{unchanged}</p>}
      <dl className="text-small grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)]">
        <Fact name="Record">{entry.seq}</Fact>
        <Fact name="Who">{harmlessText(entry.actorId)}</Fact>
        {entry.tokenId !== null && <Fact name="Token">{harmlessText(entry.tokenId)}</Fact>}
        <Fact name="Address">{entry.address === null ? "none kept" : harmlessText(entry.address)}</Fact>
        <Fact name="Request">{harmlessText(entry.requestId)}</Fact>
        <Fact name="Hash">{entry.hash}</Fact>
      </dl>
    </div>
  );
}

function ChangeLine({ change: { path, before, after } }: { change: Change }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[minmax(8rem,0.6fr)_minmax(0,2fr)]">
      <dt className="text-dim wrap-anywhere">{path === "" ? "value" : harmlessText(path)}</dt>
      <dd className="wrap-anywhere">
        {before !== null && (
          <del className="text-dim decoration-critical">
            <span className="sr-only">was </span>
            {harmlessText(before)}
          </del>
        )}
        {before !== null && after !== null && (
          <span aria-hidden="true" className="text-faint">
            {" → "}
          </span>
        )}
        {after !== null && (
          <ins className="text-ink no-underline">
            <span className="sr-only">{before === null ? "set to " : "is now "}</span>
            {harmlessText(after)}
          </ins>
        )}
      </dd>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents max-sm:flex max-sm:gap-2">
      <dt className="text-faint">{name}</dt>
      <dd className="font-mono wrap-anywhere">{children}</dd>
    </div>
  );
}
