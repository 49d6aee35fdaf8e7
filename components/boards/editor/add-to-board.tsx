"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { withPanel } from "#lib/client/boards-address.ts";
import { boardPath, boardsQuery } from "#lib/client/boards.queries.ts";
import type { BoardPanel } from "#lib/contracts/boards.ts";
import { Select } from "#components/ui/select.tsx";

/** A panel that was brought along may go to a board that is there already. */
export function AddToBoard({ panel }: { panel: BoardPanel }) {
  const router = useRouter();
  const { data } = useQuery(boardsQuery());
  if (!data || data.boards.length === 0) return null;
  const choices = data.boards.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <label className="text-dim flex flex-wrap items-center gap-2">
      Add the panel to a board that is there already:
      <Select
        choices={[{ value: "", label: "a new one" }, ...choices]}
        value=""
        onChange={(event) => router.push(withPanel(`${boardPath(event.target.value)}/edit`, panel))}
      />
    </label>
  );
}
