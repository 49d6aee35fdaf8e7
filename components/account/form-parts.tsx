import type { ComponentProps } from "react";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

interface TextFieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error: string | undefined;
}

/** Keeps the line below a field, so that nothing moves when there is something to say. */
const NOTHING = "\u00a0";

/** A labelled line of text. */
export function TextField({ label, hint = NOTHING, error, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {({ className, ...control }) => (
        <Input {...input} {...control} className={`${className} h-9 max-sm:h-11`} />
      )}
    </Field>
  );
}

/** Tells password managers whose password a form asks for, where the form does not ask for the e-mail. */
export function KnownUsername({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />;
}

/** A problem's detail as a sentence: details begin small, for they also stand in the middle of lines. */
function sentence(detail: string): string {
  const ending = detail.endsWith(".") ? "" : ".";
  return detail.charAt(0).toUpperCase() + detail.slice(1) + ending;
}

/** Why a form was refused as a whole. The line is there before, so that nothing moves and it is read aloud. */
export function FormProblem({ problem }: { problem: Problem | null }) {
  return (
    <p role="alert" className="text-critical min-h-5">
      {problem && sentence(problem.detail)}
    </p>
  );
}

/** The one button that sends a form. */
export function SubmitButton({ busy, children, ...props }: ComponentProps<"button"> & { busy: boolean }) {
  return (
    <Button
      variant="primary"
      type="submit"
      disabled={busy}
      aria-busy={busy}
      {...props}
      className="h-9 w-full justify-center max-sm:h-11"
    >
      {children}
    </Button>
  );
}
