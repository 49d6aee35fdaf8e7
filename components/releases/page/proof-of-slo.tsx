"use client";

import { groupInWords, labelsOfGroup } from "#lib/domain/slo/definition/groups.ts";
import { SLOT_MINUTES, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { formatUtc } from "#lib/format/time.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { shortHash } from "../release-words.ts";
import type { SloProof } from "./proof.ts";

/** The queries, sums, rows and slots of one SLO, folded until somebody looks. */
export function ProofOfSlo({ proof }: { proof: SloProof }) {
  const { key, group, version, queries, sums, rows } = proof;
  return (
    <li className="border-line-soft border-t pt-3">
      <details>
        <summary className="rounded-chip cursor-pointer font-medium">
          {harmlessText(key)} {harmlessText(groupInWords(labelsOfGroup(group)))}{" "}
          <span className="text-small text-faint font-normal">version {version}</span>
        </summary>
        {queries.map(({ name, expr }) => (
          <div key={name} className="mt-2">
            <span className="text-small text-faint">{name}</span>
            <pre className="rounded-control bg-raised text-small overflow-x-auto px-2.5 py-2 font-mono break-all whitespace-pre-wrap">
              {expr}
            </pre>
          </div>
        ))}
        <table className="mt-3 w-full max-w-xl text-right tabular-nums">
          <thead>
            <tr className="text-small text-faint">
              <th scope="col" className="text-left font-normal">
                Look-back
              </th>
              <th scope="col" className="font-normal">
                Bad
              </th>
              <th scope="col" className="font-normal">
                Total
              </th>
              <th scope="col" className="font-normal">
                Slots
              </th>
            </tr>
          </thead>
          <tbody>
            {sums.map(({ lookBack, bad, total, coveredSlots }) => (
              <tr key={lookBack}>
                <th scope="row" className="text-left font-normal">
                  {lookBack}
                </th>
                <td>{writeCount(bad)}</td>
                <td>{writeCount(total)}</td>
                <td>{coveredSlots}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="text-small text-dim mt-2 break-words">
          {slotsInWords(proof)} Ledger rows:{" "}
          {rows
            .map(({ day, revision, hash }) => `day ${day} revision ${revision} ${shortHash(hash)}`)
            .join("; ")}
          .
        </p>
      </details>
    </li>
  );
}

function slotsInWords({ slots: { firstSlot, bad } }: SloProof): string {
  const first = formatUtc(slotStartMs(firstSlot));
  return `${bad.length} slots of ${SLOT_MINUTES} min from ${first}.`;
}
