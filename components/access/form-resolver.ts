import {
  type FieldErrors,
  type FieldValues,
  type Path,
  type Resolver,
  set,
  type UseFormSetError,
} from "react-hook-form";
import type { z } from "zod";
import type { Problem } from "#lib/contracts/problem.ts";

/** Messages for what zod says of a field left empty; the others are plain enough. */
function inWords({ code, message, ...issue }: z.core.$ZodIssue): string {
  if (code === "too_small" && issue.path.at(-1) !== "password") return "is needed";
  return message;
}

/** Validates a form by the contract that the server parses it with; `toInput` is what would be sent. */
export function contractResolver<F extends FieldValues>(
  contract: z.ZodType,
  toInput: (form: F) => unknown,
): Resolver<F> {
  return (form) => {
    const parsed = contract.safeParse(toInput(form));
    if (parsed.success) return { values: form, errors: {} };
    const errors: FieldErrors<F> = {};
    for (const issue of parsed.error.issues)
      set(errors, issue.path.join("."), { type: "validate", message: inWords(issue) });
    return { values: {}, errors };
  };
}

/** Puts the server's refusals beside the fields they name. */
export function showFieldErrors<F extends FieldValues>(problem: Problem, setError: UseFormSetError<F>): void {
  for (const { path, message } of problem.errors ?? [])
    setError(path as Path<F>, { type: "server", message });
}
