"use client";

import { useQuery } from "@tanstack/react-query";
import { alarmsQuery } from "#lib/client/incidents.queries.ts";
import type { Incident } from "#lib/contracts/incidents.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { Link } from "#components/ui/link.tsx";
import { useMay } from "./me.tsx";
import { Age } from "./moment.tsx";

/** On every page while a P1 is open: which one, since when, and the way to it. Nothing when there is none. */
export function AlarmBanner({ initial }: { initial?: Incident[] }) {
  const may = useMay("incidents:read");
  const { data } = useQuery({ ...alarmsQuery(), initialData: initial, enabled: may });
  const [first, ...others] = data ?? [];
  if (!first) return null;
  return (
    <aside
      aria-label="Open P1"
      className="bg-critical text-accent-ink flex min-h-9 items-center gap-2.5 px-6 py-1 max-sm:px-3.5"
    >
      <strong className="flex-none">P1</strong>
      <Link
        href={`/incidents/${encodeURIComponent(first.id)}`}
        className="rounded-chip min-w-0 truncate font-medium underline underline-offset-2 outline-offset-1 outline-current"
      >
        {harmlessText(first.title)}
      </Link>
      <span className="flex-none max-sm:hidden">{first.phase}</span>
      <span className="flex-none">
        <Age at={first.detectedAt} />
      </span>
      {others.length > 0 && (
        <Link
          href="/incidents?open=true&severity=P1"
          className="rounded-chip ml-auto flex-none underline underline-offset-2 outline-current"
        >
          {others.length} more
        </Link>
      )}
    </aside>
  );
}
