"use client";

import { seriesColor } from "#lib/client/entity-color.ts";
import type { OnCallDocument } from "#lib/contracts/on-call.ts";
import { type Duty, dutiesBetween, type OnCallPolicy, type Rotation } from "#lib/domain/on-call/rotation.ts";
import { instantOf, localTimeAt } from "#lib/domain/slo/time/zone.ts";
import { formatTime } from "#lib/format/time.ts";

const DAYS = 14;

interface DutyStripProps {
  document: OnCallDocument;
  rotation: Rotation;
  /** Names by id. */
  names: ReadonlyMap<string, string>;
  nowMs: number;
}

/** The midnights of the rotation's zone, from today's on: days of 23 and 25 hours are as wide as they are long. */
function midnights(nowMs: number, zone: string): number[] {
  const today = { ...localTimeAt(nowMs, zone), hour: 0, minute: 0 };
  return Array.from({ length: DAYS + 1 }, (_, nth) => instantOf({ ...today, day: today.day + nth }, zone));
}

function policyOf({ rotations, overrides }: OnCallDocument): OnCallPolicy {
  const inMs = overrides.map(({ from, to, ...one }) => ({
    ...one,
    fromMs: Date.parse(from),
    toMs: Date.parse(to),
  }));
  return { rotations, overrides: inMs };
}

/** Who is on call in the next two weeks: a strip with a day's grid, and the same in words. */
export function DutyStrip({ document, rotation, names, nowMs }: DutyStripProps) {
  const days = midnights(nowMs, rotation.zone);
  const [fromMs = 0, toMs = 0] = [days[0], days.at(-1)];
  const duties = dutiesBetween(policyOf(document), rotation, fromMs, toMs);
  const nameOf = (id: string) => names.get(id) ?? "somebody erased";
  const percent = (atMs: number) => `${((atMs - fromMs) / (toMs - fromMs)) * 100}%`;
  const spanOf = (duty: Duty) => ({
    left: percent(Math.max(duty.fromMs, fromMs)),
    right: `calc(100% - ${percent(Math.min(duty.untilMs, toMs))})`,
  });
  return (
    <figure className="min-w-0">
      <div aria-hidden="true" className="rounded-control bg-raised relative h-9 overflow-hidden">
        {duties.map((duty) => (
          <div
            key={duty.fromMs}
            title={`${nameOf(duty.personId)}: ${spanWords(duty, rotation.zone)}`}
            className={`border-panel absolute inset-y-0 overflow-hidden border-r-2 ${duty.standIn ? "border-ink border-b-2" : ""}`}
            style={{
              ...spanOf(duty),
              background: `color-mix(in srgb, ${colorOf(rotation, duty.personId)} 30%, var(--panel))`,
            }}
          >
            <span className="text-ink block truncate px-1.5 leading-9">{nameOf(duty.personId)}</span>
          </div>
        ))}
        {days.slice(1, -1).map((atMs) => (
          <div
            key={atMs}
            className="bg-line-strong absolute bottom-0 h-1.5 w-px"
            style={{ left: percent(atMs) }}
          />
        ))}
        <div className="bg-accent absolute inset-y-0 w-0.5" style={{ left: percent(nowMs) }} />
      </div>
      <div aria-hidden="true" className="text-small text-faint mt-0.5 flex justify-between">
        <span>{formatTime(fromMs, "day", rotation.zone)}</span>
        <span>{formatTime((fromMs + toMs) / 2, "day", rotation.zone)}</span>
        <span>{formatTime(toMs, "day", rotation.zone)}</span>
      </div>
      <figcaption className="text-small text-dim mt-1">
        {duties.length === 0 ? (
          "▲ Nobody is on call in these two weeks."
        ) : (
          <details>
            <summary className="cursor-pointer">
              {DAYS} days of {rotation.zone} in words
            </summary>
            <ol className="mt-1 grid gap-0.5">
              {duties.map((duty) => (
                <li key={duty.fromMs}>
                  <bdi className="text-ink">{nameOf(duty.personId)}</bdi>
                  {duty.standIn && " (stands in)"}: {spanWords(duty, rotation.zone)}
                </li>
              ))}
            </ol>
          </details>
        )}
      </figcaption>
    </figure>
  );
}

function spanWords({ fromMs, untilMs }: Duty, zone: string): string {
  return `${formatTime(fromMs, "dayClock", zone)} to ${formatTime(untilMs, "dayClock", zone)}`;
}

/** Those who take turns have a colour by their turn; whoever else stands in has the one after. */
function colorOf({ people }: Rotation, personId: string): string {
  const turn = people.indexOf(personId);
  return seriesColor(turn < 0 ? people.length : turn);
}
