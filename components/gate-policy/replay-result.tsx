"use client";

import type { Flip, Rates, Replay } from "#lib/contracts/gate-policies.ts";
import { type Decision, DECISIONS } from "#lib/domain/gate/decision.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { formatTime } from "#lib/format/time.ts";
import { Card } from "#components/shell/card.tsx";
import { DecisionWord } from "#components/shell/decision-word.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Link } from "#components/ui/link.tsx";

/** What a policy would have decided: how many flip, how often each was wrong, which ones. */
export function ReplayResult({ replay }: { replay: Replay }) {
  const { evaluated, complete, flips, moves, flipped } = replay;
  const title = `${countOf(flips, "decision")} of ${evaluated} would have been another`;
  return (
    <Card
      title={evaluated === 0 ? "No decision is on record yet" : title}
      aside={complete ? undefined : "time ran out: older ones were not looked at"}
    >
      <div className="grid gap-4">
        {moves.length > 0 && (
          <ul aria-label="From and to" className="flex flex-wrap gap-x-6 gap-y-1">
            {moves.map(({ from, to, count }) => (
              <li key={`${from} ${to}`} className="flex items-center gap-1.5">
                <DecisionWord decision={from} /> → <DecisionWord decision={to} />
                <span className="tabular-nums">{count}</span>
              </li>
            ))}
          </ul>
        )}
        <RatesTable replay={replay} />
        <HistoryTable history={replay.history} />
        {flipped.length > 0 && <FlipList flips={flips} flipped={flipped} />}
      </div>
    </Card>
  );
}

function rateInWords({ wrong, known, unknown }: Rates["falseApprovals"]): string {
  const share = known === 0 ? "none known" : `${wrong} of ${known} (${formatFigure(wrong / known, "ratio")})`;
  return unknown === 0 ? share : `${share}, ${unknown} unknown`;
}

const RATES = [
  ["falseApprovals", "False approvals", "let go out, and burned or was rolled back"],
  ["falseBlocks", "False blocks", "held back, and went out without burning"],
] as const;

function RatesTable({ replay: { recorded, candidate, releases } }: { replay: Replay }) {
  return (
    <table className="w-full max-w-200">
      <caption className="text-small text-faint pb-1 text-left">
        {countOf(releases, "release")} on record; one whose outcome nobody knows counts for neither
      </caption>
      <thead>
        <tr className="text-small text-faint text-left">
          <th scope="col" className="font-normal" />
          <th scope="col" className="font-normal">
            as decided
          </th>
          <th scope="col" className="font-normal">
            this policy
          </th>
        </tr>
      </thead>
      <tbody>
        {RATES.map(([key, label, what]) => (
          <tr key={key} className="border-line-soft border-t align-top">
            <th scope="row" className="py-1 pr-3 text-left font-normal">
              {label}
              <span className="text-small text-faint block">{what}</span>
            </th>
            <td className="py-1 pr-3 tabular-nums">{rateInWords(recorded[key])}</td>
            <td className="py-1 tabular-nums">{rateInWords(candidate[key])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const hoursOf = (hours: Partial<Record<Decision, number>>, decision: Decision) => hours[decision] ?? 0;

function HistoryTable({ history }: Pick<Replay, "history">) {
  const known = history.some(({ inForce }) => DECISIONS.some((decision) => hoursOf(inForce, decision) > 0));
  if (!known) return <p className="text-faint">The ledger has no hours to lay it over yet.</p>;
  return (
    <table className="w-full max-w-200">
      <caption className="text-small text-faint pb-1 text-left">
        Hours of services in the last 30 days, by what budgets alone would have said: in force → this policy
      </caption>
      <thead>
        <tr className="text-left">
          <th scope="col" className="text-small text-faint font-normal">
            risk
          </th>
          {[...DECISIONS].reverse().map((decision) => (
            <th key={decision} scope="col" className="font-normal">
              <DecisionWord decision={decision} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {history.map(({ risk, inForce, candidate }) => (
          <tr key={risk} className="border-line-soft border-t">
            <th scope="row" className="py-1 text-left font-normal">
              {risk}
            </th>
            {[...DECISIONS].reverse().map((decision) => {
              const [was, is] = [hoursOf(inForce, decision), hoursOf(candidate, decision)];
              return (
                <td key={decision} className="py-1 tabular-nums">
                  {was === is ? was : `${was} → ${is}`}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FlipList({ flips, flipped }: { flips: number; flipped: readonly Flip[] }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <section>
      <h3 className="text-small text-faint pb-1">
        {flips > flipped.length ? `The newest ${flipped.length} of them` : "These"}
      </h3>
      <ul aria-label="Flipped decisions" className="max-h-120 overflow-y-auto">
        {flipped.map(({ seq, recordId, service, at, from, to, was, would }) => (
          <li key={seq} className="border-line-soft flex flex-wrap items-baseline gap-x-4 border-t py-1.5">
            <Link href={`/releases/decisions/${recordId}`} className="tabular-nums">
              #{seq}
            </Link>
            <span className="text-dim">{formatTime(at, "dayClock", timeZone)}</span>
            <bdi className="font-medium">{service}</bdi>
            <span className="inline-flex items-center gap-1.5">
              <DecisionWord decision={from} /> → <DecisionWord decision={to} />
            </span>
            <span className="text-small text-faint min-w-0 break-words">
              {was.what === would.what ? would.what : `${was.what} → ${would.what}`}, {would.risk} risk
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
