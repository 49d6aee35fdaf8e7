"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { ActionItemRow } from "./action-item-row.tsx";

const ActionItemDialog = dynamic(() =>
  import("./action-item-dialog.tsx").then((module) => module.ActionItemDialog),
);

/** What is to be done after one incident. */
export function ActionItems({ incidentId, items }: { incidentId: string; items: readonly ActionItem[] }) {
  const [adding, setAdding] = useState(false);
  return (
    <section
      aria-label="Action items"
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2 flex items-center gap-3">
        <h2 className="text-dim min-w-0 flex-1 font-medium">Action items</h2>
        <GuardedButton action="incidents:write" onClick={() => setAdding(true)}>
          Add
        </GuardedButton>
      </header>
      {items.length === 0 && (
        <p className="text-dim">
          None yet. What keeps it from happening again, or makes it hurt less? One owner and one date each.
        </p>
      )}
      <ul>
        {items.map((item) => (
          <ActionItemRow key={item.id} item={item} />
        ))}
      </ul>
      {adding && <ActionItemDialog incidentId={incidentId} item={null} onClose={() => setAdding(false)} />}
    </section>
  );
}
