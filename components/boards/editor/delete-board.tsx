"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { boardsQuery, deleteBoard } from "#lib/client/boards.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Board } from "#lib/contracts/boards.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";

/** Removes a board once somebody said so twice. */
export function DeleteBoard({ board: { id, name }, onGone }: { board: Board; onGone: () => void }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => deleteBoard(id),
    onSuccess: () => {
      onGone();
      void client.invalidateQueries({ queryKey: boardsQuery().queryKey.slice(0, 1) });
      router.push("/boards");
      router.refresh();
    },
  });
  return (
    <>
      <GuardedButton
        action="boards:write"
        className="justify-self-start max-sm:h-10"
        onClick={() => setOpen(true)}
      >
        Delete the board
      </GuardedButton>
      {open && (
        <FormDialog
          title="Delete this board?"
          submit="Delete it"
          pending={mutation.isPending}
          problem={mutation.error && problemOf(mutation.error)}
          onSubmit={() => mutation.mutate()}
          onClose={() => setOpen(false)}
        >
          <p>
            <bdi>{name}</bdi> and its panels go for everybody, and links to it lead nowhere.
          </p>
        </FormDialog>
      )}
    </>
  );
}
