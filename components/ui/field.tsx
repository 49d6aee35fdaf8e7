import { useId, type ReactNode } from "react";

/** What a field's control needs, so that its label and its error are read with it. */
export interface ControlProps {
  id: string;
  className: string;
  "aria-invalid": boolean;
  "aria-describedby": string | undefined;
}

interface FieldProps {
  label: string;
  /** What is expected, while nothing is wrong. */
  hint?: string;
  error?: string;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A labelled form control with its hint, or with what is wrong. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="text-small text-dim mb-1 block">
        {label}
      </label>
      {children({
        id,
        className: "w-full",
        "aria-invalid": error !== undefined,
        "aria-describedby": note === undefined ? undefined : noteId,
      })}
      {note !== undefined && (
        <p
          id={noteId}
          className={`text-small mt-0.5 ${error === undefined ? "text-faint" : "text-critical"}`}
        >
          {note}
        </p>
      )}
    </div>
  );
}
