"use client";

import { useWatch } from "react-hook-form";
import type { EscalationDocument } from "#lib/contracts/on-call.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { respondByMs } from "#lib/domain/incidents/response-clock.ts";
import type { Severity } from "#lib/domain/incidents/severity.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { namesOf, toldBy } from "./policy-words.ts";

type Path = EscalationDocument["paths"][Severity];

/** When a step is due that comes so many minutes after the response clock has passed. */
function dueWords(severity: Severity, afterMinutes: number): string {
  if (severity !== "P4") return `after ${writeSeconds(respondByMs(severity, 0) / 1000 + afterMinutes * 60)}`;
  const past = "the next business day is over";
  return afterMinutes === 0 ? `when ${past}` : `${writeSeconds(afterMinutes * 60)} after ${past}`;
}

/** The steps of a severity as they would be taken, with their times since the detection. */
export function EscalationLadder({
  severity,
  channels,
}: {
  severity: Severity;
  channels: readonly Channel[];
}) {
  const path: Path = useWatch<EscalationDocument, `paths.${Severity}`>({ name: `paths.${severity}` });
  const { steps, everyMinutes, rounds } = path;
  const names = namesOf(channels);
  const count = steps.length * rounds;
  const drawable = steps.length > 0 && everyMinutes >= 1 && rounds >= 1;
  return (
    <section aria-label={`When ${severity} escalates`} className="min-w-0">
      <h4 className="text-small text-dim mb-1">Without an acknowledgement</h4>
      {!drawable && <p className="text-faint">{steps.length === 0 ? "Nobody is told again." : "—"}</p>}
      {drawable && (
        <ol className="border-line-strong grid gap-2 border-l-2 pl-3">
          {steps.map((step, at) => (
            <li key={at} className="min-w-0">
              <p className="text-small text-dim">{dueWords(severity, at * everyMinutes)}</p>
              <p className="break-words">
                <bdi>{toldBy(step, names)}</bdi>
              </p>
            </li>
          ))}
          {rounds > 1 && (
            <li>
              <p className="text-small text-dim">{dueWords(severity, steps.length * everyMinutes)}</p>
              <p>
                from the first step again, {rounds} rounds in all; the last time{" "}
                {dueWords(severity, (count - 1) * everyMinutes)}
              </p>
            </li>
          )}
        </ol>
      )}
    </section>
  );
}
