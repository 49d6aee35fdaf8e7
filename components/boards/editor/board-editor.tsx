"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type SyntheticEvent } from "react";
import { type FieldPath, FormProvider, useForm, useFormState } from "react-hook-form";
import { boardPath, boardsQuery, createBoard, patchBoard } from "#lib/client/boards.queries.ts";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import type { Board, BoardPanel } from "#lib/contracts/boards.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import type { PanelLooks } from "../panel-looks.ts";
import { AddToBoard } from "./add-to-board.tsx";
import { BoardFields } from "./board-fields.tsx";
import {
  boardFieldOf,
  type BoardErrors,
  type BoardForm,
  boardOf,
  toBoard,
  toBoardForm,
} from "./board-form.ts";
import { Conflict } from "./conflict.tsx";
import { DeleteBoard } from "./delete-board.tsx";
import { useUnsavedWarning } from "./use-unsaved-warning.ts";

const asBoard = async () => (await import("#lib/contracts/boards.ts")).Board;

interface BoardEditorProps {
  /** Null for a new one. */
  board: Board | null;
  /** A panel that somebody brings along from elsewhere. */
  brought: BoardPanel | null;
  looks: PanelLooks;
}

function startOf(board: Board | null, brought: BoardPanel | null): BoardForm {
  const form = toBoardForm(board);
  return brought ? { ...form, panels: [...form.panels, brought] } : form;
}

/** Writes a board. What was typed stays whatever the server says, and is not left behind unasked. */
export function BoardEditor({ board, brought, looks }: BoardEditorProps) {
  const client = useQueryClient();
  const router = useRouter();
  const [base, setBase] = useState(board);
  const [theirs, setTheirs] = useState<Board | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);
  const form = useForm<BoardForm>({ defaultValues: startOf(board, brought) });
  const { isSubmitting, isDirty } = useFormState({ control: form.control });
  useUnsavedWarning(!done && (isDirty || brought !== null));
  const showErrors = (errors: BoardErrors) => {
    for (const { path, message } of errors)
      form.setError(path as FieldPath<BoardForm>, { type: "server", message });
  };
  const refuse = async (error: unknown) => {
    const refused = problemOf(error);
    setProblem(refused);
    const current = await currentOf(asBoard, refused);
    if (current) {
      setTheirs(current);
      setBase(current);
    }
    showErrors((refused.errors ?? []).map(({ path, message }) => ({ path: boardFieldOf(path), message })));
  };
  const save = form.handleSubmit(async (values) => {
    const { wanted, errors } = await toBoard(values);
    if (errors) return showErrors(errors);
    try {
      const saved = await (base
        ? patchBoard({ board: base.id, version: base.version, ...wanted })
        : createBoard(wanted));
      setDone(true);
      void client.invalidateQueries({ queryKey: boardsQuery().queryKey.slice(0, 1) });
      router.push(boardPath(saved.id));
      router.refresh();
    } catch (error) {
      await refuse(error);
    }
  });
  const submit = (event: SyntheticEvent) => {
    form.clearErrors();
    setProblem(null);
    void save(event);
  };
  const takeTheirs = () => {
    if (theirs) form.reset(toBoardForm(theirs));
    setTheirs(null);
    setProblem(null);
  };
  return (
    <FormProvider {...form}>
      {problem && <ProblemNotice problem={problem} />}
      {theirs && <Conflict theirs={theirs} mine={boardOf(form.getValues())} onTakeTheirs={takeTheirs} />}
      {brought && !board && <AddToBoard panel={brought} />}
      <form
        noValidate
        aria-label="Board"
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3"
        onSubmit={submit}
      >
        <BoardFields looks={looks} />
        <div className="bg-bg sticky bottom-0 flex gap-2 py-2 max-sm:bottom-16">
          <GuardedButton
            action="boards:write"
            variant="primary"
            type="submit"
            className="max-sm:h-10"
            disabled={isSubmitting}
          >
            {saveWords(base, theirs)}
          </GuardedButton>
          <Button className="max-sm:h-10" onClick={() => router.back()}>
            Cancel
          </Button>
        </div>
      </form>
      {/* Its dialog is a form of its own, whose submission would bubble into this one. */}
      {base && <DeleteBoard board={base} onGone={() => setDone(true)} />}
    </FormProvider>
  );
}

function saveWords(base: Board | null, theirs: Board | null): string {
  if (theirs) return `Put mine on version ${theirs.version}`;
  return base ? `Save version ${base.version + 1}` : "Save the board";
}
