"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { problemOf } from "#lib/client/fetch-json.ts";
import { type ActionItems, actionItemsQuery } from "#lib/client/postmortems.queries.ts";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { useMe } from "#components/shell/me.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { EmptyState, ErrorState } from "#components/shell/states.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Select } from "#components/ui/select.tsx";
import { ActionItemRow } from "./action-item-row.tsx";

const SHOWN = ["open", "overdue", "mine", "done"] as const;
const WORDS = { open: "open", overdue: "overdue", mine: "mine, open", done: "done" } as const;
const CHOICES = SHOWN.map((value) => ({ value: value as string, label: WORDS[value] }));

function isShown(shown: (typeof SHOWN)[number], item: ActionItem, meId: string): boolean {
  switch (shown) {
    case "open":
      return item.doneAt === null;
    case "overdue":
      return item.overdue;
    case "mine":
      return item.doneAt === null && item.owner?.id === meId;
    case "done":
      return item.doneAt !== null;
  }
}

/** What was promised after incidents: what is overdue stands on top. */
export function ActionsPage({ initial }: { initial?: ActionItems }) {
  const me = useMe();
  const [shown, setShown] = useQueryState("show", parseAsStringLiteral(SHOWN).withDefault("open"));
  const { data, error, refetch } = useQuery({ ...actionItemsQuery(), initialData: initial });
  if (!data) {
    if (error) return <ErrorState problem={problemOf(error)} onRetry={() => void refetch()} />;
    return <ListSkeleton rows={6} rowHeight="h-12" />;
  }
  const items = data.actionItems.filter((item) => isShown(shown, item, me.id));
  const overdue = data.actionItems.filter((item) => item.overdue).length;
  return (
    <>
      <search>
        <Select
          aria-label="Which"
          choices={CHOICES}
          value={shown}
          onChange={({ target }) => void setShown(SHOWN.find((one) => one === target.value) ?? null)}
        />
      </search>
      <section
        aria-labelledby="items-title"
        className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
      >
        <h2 id="items-title" className="text-dim mb-1 font-medium">
          {items.length} {WORDS[shown]}
          {overdue > 0 && shown !== "overdue" && <span className="text-warning"> · {overdue} overdue</span>}
        </h2>
        {items.length === 0 ? (
          <EmptyState title="Nothing here">
            Action items are added on the post-mortem of an incident.
          </EmptyState>
        ) : (
          <ul>
            {items.map((item) => (
              <ActionItemRow key={item.id} item={item} of={<OfIncident item={item} />} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function OfIncident({ item: { incident } }: { item: ActionItem }) {
  return (
    <Link
      href={`/incidents/${encodeURIComponent(incident.id)}/postmortem`}
      className="rounded-chip text-dim inline-flex items-center gap-1.5"
    >
      <SeverityChip severity={incident.severity} />
      {incident.id}
    </Link>
  );
}
