"use client";

import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import type { Proposal } from "#lib/contracts/slos.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { Link } from "#components/ui/link.tsx";
import { windowInWords, writeGoodRatio, writeTarget } from "../slo-words.ts";

/** Where a proposal can be opened in the editor. */
export function editorPath({ definition }: Proposal): string {
  const { service, node } = definition;
  const subject: Record<string, string> = service !== null ? { service } : node !== null ? { node } : {};
  return `/slos/new?${new URLSearchParams({ ...subject, proposal: sloKey(definition) }).toString()}`;
}

interface ProposalCardProps {
  proposal: Proposal;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

/** One proposed SLO: what it would promise, and why. */
export function ProposalCard({ proposal, chosen, onChoose }: ProposalCardProps) {
  const { definition, exists, measured, reasons } = proposal;
  const key = sloKey(definition);
  const [objective] = definition.objectives;
  return (
    <li className="border-line-soft grid grid-cols-[auto_1fr_auto] items-start gap-x-3 gap-y-1 border-t py-3 first:border-t-0">
      <input
        type="checkbox"
        className="accent-accent mt-0.5 size-4"
        aria-label={`Choose ${key}`}
        checked={chosen}
        disabled={exists}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <div className="min-w-0">
        <p>
          <span className="font-medium">{definition.name}</span>{" "}
          {objective && (
            <span>
              {writeTarget(objective.target)} over {windowInWords(writeWindow(objective.window))}
            </span>
          )}
          {exists && <span className="text-faint"> · exists already</span>}
        </p>
        <p className="text-dim">{definition.description}</p>
        <ul className="text-dim mt-1 grid list-disc gap-0.5 pl-4">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <p className="text-small text-faint mt-1">
          Measured: {measured.goodRatio === null ? "nothing yet" : writeGoodRatio(measured.goodRatio)}
          {measured.coverage !== null && `, ${measured.coverage}`}
        </p>
      </div>
      {!exists && (
        <Link href={editorPath(proposal)} className="text-accent whitespace-nowrap underline">
          Open in editor
        </Link>
      )}
    </li>
  );
}
