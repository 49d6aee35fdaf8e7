"use client";

import { useQuery } from "@tanstack/react-query";
import { onCallQuery } from "#lib/client/notifications.queries.ts";
import type { OnCall } from "#lib/contracts/on-call.ts";
import { formatUtc } from "#lib/format/time.ts";

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

/** Who is on call now, until when, and who is next. */
export function WhoIsOnCall({ initial }: { initial: OnCall }) {
  const { data } = useQuery({ ...onCallQuery, initialData: initial });
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
          <p className="text-small text-dim">
            {now && `until ${formatUtc(now.until)}, then `}
            <Person duty={next} nobody="nobody after that" />
          </p>
        </li>
      ))}
    </ul>
  );
}
