"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ACTION_ITEMS_KEY, POSTMORTEMS_KEY } from "#lib/client/postmortems.queries.ts";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";

/** Sends a change of an action item, and has everything that shows it read again, a refusal's reason with it. */
export function useItemChange<T>(send: (change: T) => Promise<ActionItem>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: onDone,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: [ACTION_ITEMS_KEY] });
      await client.invalidateQueries({ queryKey: [POSTMORTEMS_KEY] });
    },
  });
}
