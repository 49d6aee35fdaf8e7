"use client";

import { useQuery } from "@tanstack/react-query";
import { onCallQuery, policyQuery } from "#lib/client/notifications.queries.ts";
import type { OnCall, Policy } from "#lib/contracts/on-call.ts";
import { formatUtc } from "#lib/format/time.ts";
import { useNow } from "#components/shell/clock.ts";
import { DutyStrip } from "./duty-strip.tsx";

type Duty = NonNullable<OnCall["rotations"][number]["now"]>;

function Person({ duty, nobody }: { duty: Duty | null; nobody: string }) {
  if (!duty) return <span className="text-warning">▲ {nobody}</span>;
  return (
    <bdi>
      {duty.person.name ?? "somebody erased"}
      {duty.standIn && <span className="text-dim"> (stands in)</span>}
    </bdi>
  );
}

/** The next two weeks of a rotation, as the document in force has them. */
function Strip({ policy: { document, people }, name }: { policy: Policy; name: string }) {
  const nowMs = useNow();
  const rotation = "rotations" in document && document.rotations.find((one) => one.name === name);
  if (!rotation || nowMs === null) return <div className="h-14" />;
  const names = new Map(people.flatMap((one) => (one.name === null ? [] : [[one.id, one.name] as const])));
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
  return <DutyStrip document={document} rotation={rotation} names={names} nowMs={minuteMs} />;
}

/** Who is on call now, until when, who is next, and who in the next two weeks. */
export function WhoIsOnCall({ initial, policy: inForce }: { initial: OnCall; policy: Policy }) {
  const { data } = useQuery({ ...onCallQuery, initialData: initial });
  const { data: policy } = useQuery({ ...policyQuery("on_call"), initialData: inForce });
  if (data.rotations.length === 0) return null;
  return (
    <ul className="mb-3 grid gap-2">
      {data.rotations.map(({ rotation, now, next }) => (
        <li key={rotation} className="rounded-control border-line-soft border px-3 py-2">
          <p className="text-small text-dim">
            <bdi>{rotation}</bdi>
          </p>
          <p className="text-lead font-semibold">
            <Person duty={now} nobody="nobody is on call" />
          </p>
          <p className="text-small text-dim mb-2">
            {now && `until ${formatUtc(now.until)}, then `}
            <Person duty={next} nobody="nobody after that" />
          </p>
          <Strip policy={policy} name={rotation} />
        </li>
      ))}
    </ul>
  );
}
