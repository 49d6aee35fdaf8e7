"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createSlo, patchSlo } from "#lib/client/slo-editor.queries.ts";
import { SLOS_KEY } from "#lib/client/slos.queries.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { SavedSlo } from "#lib/contracts/slos.ts";

/** A saved SLO as the editor read it. */
export interface EditedSlo {
  id: string;
  key: string;
  version: number;
  revision: number;
  /** What is in force; null while there is only a draft. */
  inForce: SloDefinition | null;
  draft: { definition: SloDefinition; by: string } | null;
  /** Files are changed where they are. */
  fromFile: boolean;
}

export interface Wish {
  definition: SloDefinition;
  draft: boolean;
  reason: string;
}

interface Saving {
  save: (wish: Wish) => void;
  isSaving: boolean;
  problem: Problem | null;
}

/** Saves a new SLO, or a change of one, and goes to its page. */
export function useSloSaving(
  base: Pick<EditedSlo, "id" | "version" | "revision"> | null,
  onRefused: (problem: Problem) => Promise<void>,
): Saving {
  const client = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: ({ definition, draft, reason }: Wish): Promise<SavedSlo> => {
      if (!base) return createSlo({ definition, draft });
      const { id, version, revision } = base;
      const why = reason.trim() === "" ? {} : { reason: reason.trim() };
      return patchSlo({ id, version, revision, definition, draft, ...why });
    },
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: [SLOS_KEY] });
      void client.invalidateQueries({ queryKey: ["slo-proposals"] });
      router.push(`/slos/${encodeURIComponent(id)}`);
    },
    onError: (error) => onRefused(problemOf(error)),
  });
  return {
    save: mutation.mutate,
    isSaving: mutation.isPending || mutation.isSuccess,
    problem: mutation.error ? problemOf(mutation.error) : null,
  };
}
