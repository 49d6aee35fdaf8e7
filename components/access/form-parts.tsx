"use client";

import { useId, type ComponentProps, type ReactNode } from "react";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";

/** Why the server refused what a form sent; what was typed stays. */
export function FormProblem({ problem, children }: { problem: Problem | null; children?: ReactNode }) {
  if (!problem) return null;
  return (
    <div role="alert" className="rounded-control border-warning mb-4 border px-3 py-2">
      <p className="font-medium">{problem.title}</p>
      <p className="text-dim break-words">{problem.detail}</p>
      {children}
    </div>
  );
}

interface FormActionsProps {
  submit: string;
  disabled: boolean;
  onCancel: () => void;
}

/** The foot of a form in a dialog: it stays in sight while the fields scroll. */
export function FormActions({ submit, disabled, onCancel }: FormActionsProps) {
  return (
    <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-4 -mb-4 flex justify-end gap-2 border-t px-4 py-3">
      <Button onClick={onCancel}>Cancel</Button>
      <Button variant="primary" type="submit" disabled={disabled}>
        {submit}
      </Button>
    </div>
  );
}

interface CheckProps extends ComponentProps<"input"> {
  label: string;
  /** What choosing it means. */
  meaning?: string;
}

/** A box to tick, with what it means under its label. */
export function Check({ label, meaning, ...input }: CheckProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 py-1.5">
      <input
        type="checkbox"
        id={id}
        aria-describedby={meaning ? `${id}-meaning` : undefined}
        className="accent-accent mt-px size-4 flex-none"
        {...input}
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {meaning && (
          <p id={`${id}-meaning`} className="text-small text-dim">
            {meaning}
          </p>
        )}
      </div>
    </div>
  );
}

interface CheckGroupProps {
  legend: string;
  error: string | undefined;
  children: ReactNode;
}

/** Boxes of which some may be ticked together. */
export function CheckGroup({ legend, error, children }: CheckGroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="text-small text-dim mb-0.5">{legend}</legend>
      {children}
      {error && (
        <p id={id} className="text-small text-critical mt-0.5">
          {error}
        </p>
      )}
    </fieldset>
  );
}
