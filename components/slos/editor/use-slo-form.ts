"use client";

import { useState } from "react";
import { currentOf } from "#lib/client/fetch-json.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { useLoaded } from "#components/shell/use-loaded.ts";
import { type FieldIssue, issuesOf, issuesOfRefusal, loweredWindows } from "./editor-definition.ts";
import { type EditedSlo, useSloSaving } from "./use-slo-saving.ts";

const asSloDefinition = async () => (await import("#lib/contracts/slo-definition.ts")).SloDefinition;
const asCurrentSlo = async () => (await import("./current-slo.ts")).CurrentSlo;

/** What somebody else changed while this form was open. */
export interface Conflict {
  before: SloDefinition | null;
  now: SloDefinition;
}

export interface SloForm {
  definition: SloDefinition;
  change: (next: SloDefinition) => void;
  /** Begins anew, as if nothing had been typed. */
  start: (next: SloDefinition) => void;
  /** What the browser itself knows to be wrong. */
  ownIssues: FieldIssue[];
  /** That, and what the server refused in what stands in the form now. */
  issues: FieldIssue[];
  showAll: boolean;
  lowered: string[];
  reason: string;
  setReason: (reason: string) => void;
  save: (draft: boolean) => void;
  isSaving: boolean;
  problem: Problem | null;
  conflict: Conflict | null;
}

interface Refusal {
  of: SloDefinition;
  issues: FieldIssue[];
}

/** The state of the editor: what is typed, what is wrong with it, and how it is saved. */
export function useSloForm(initial: SloDefinition, slo: EditedSlo | null): SloForm {
  const [definition, setDefinition] = useState(initial);
  const [base, setBase] = useState(slo);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [showAll, setShowAll] = useState(slo !== null);
  const [reason, setReason] = useState("");

  const onRefused = async (problem: Problem) => {
    setRefusal({ of: definition, issues: issuesOfRefusal(problem.errors) });
    const current = await currentOf(asCurrentSlo, problem);
    setConflict(
      current && base && { before: base.inForce ?? base.draft?.definition ?? null, now: current.definition },
    );
    if (!current || !base) return;
    const { version, revision } = current;
    setBase({ ...base, version, revision, inForce: version > 0 ? current.definition : null });
  };
  const saving = useSloSaving(base, onRefused);

  const ownIssues = issuesOf(definition, useLoaded(asSloDefinition));
  const refused = refusal?.of === definition ? refusal.issues : [];
  return {
    definition,
    change: setDefinition,
    start: (next) => {
      setDefinition(next);
      setShowAll(false);
    },
    ownIssues,
    issues: [...ownIssues, ...refused],
    showAll: showAll || refused.length > 0,
    lowered: loweredWindows(base?.inForce ?? null, definition),
    reason,
    setReason,
    save: (draft) => {
      setShowAll(true);
      if (ownIssues.length === 0) saving.save({ definition, draft, reason });
    },
    isSaving: saving.isSaving,
    problem: saving.problem,
    conflict,
  };
}
