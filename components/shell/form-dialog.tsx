"use client";

import type { ReactNode } from "react";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

interface FormDialogProps {
  title: string;
  submit: string;
  pending: boolean;
  problem: Problem | null;
  /** What to do about the refusal, under its words. */
  remedy?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog: what the server refuses stands above what was typed, which stays. */
export function FormDialog(props: FormDialogProps) {
  const { title, submit, pending, problem, remedy, onSubmit, onClose, children } = props;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {problem && <ProblemNotice problem={problem}>{remedy}</ProblemNotice>}
        {children}
        <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-1 -mb-4 flex justify-end gap-2 border-t px-4 py-3">
          <Button className="max-sm:h-10" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" className="max-sm:h-10" disabled={pending}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
