"use client";

import { useState } from "react";
import {
  useForm,
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Path,
  type Resolver,
  useFormState,
} from "react-hook-form";
import type { z } from "zod";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Problem } from "#lib/contracts/problem.ts";

/** What is expected of each field, in words a person understands. */
type Words<T> = Readonly<Record<keyof T & string, string>>;

interface ContractForm<T extends FieldValues> {
  /** The contract the server parses the same values with; it comes when a field is first checked. */
  contract: () => Promise<z.ZodType<unknown, T>>;
  empty: DefaultValues<T>;
  words: Words<T>;
  /** Sends the values; what it throws is shown, beside the field it names. */
  send: (values: T) => Promise<void>;
}

function contractResolver<T extends FieldValues>(
  contract: () => Promise<z.ZodType>,
  words: Words<T>,
): Resolver<T> {
  return async (values) => {
    const parsed = (await contract()).safeParse(values);
    if (parsed.success) return { values, errors: {} };
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    const errors = [...fields].map((field) => [
      field,
      { type: "validate", message: words[field as keyof T & string] },
    ]);
    return { values: {}, errors: Object.fromEntries(errors) as FieldErrors<T> };
  };
}

/** A form over a contract. What was typed stays when the server refuses; `problem` is what names no field. */
export function useContractForm<T extends FieldValues>({ contract, empty, words, send }: ContractForm<T>) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const { register, handleSubmit, control, setError, setFocus, reset } = useForm<T>({
    defaultValues: empty,
    mode: "onTouched",
    resolver: contractResolver<T>(contract, words),
  });
  const { errors, isSubmitting } = useFormState({ control });

  const refuse = (refused: Problem) => {
    const named = (refused.errors ?? []).filter(({ path }) => path in words);
    setProblem(named.length === 0 ? refused : null);
    for (const { path, message } of named) setError(path as Path<T>, { type: "server", message });
    const [first] = named;
    if (first) setFocus(first.path as Path<T>);
  };
  const submit = handleSubmit(async (values) => {
    setProblem(null);
    try {
      await send(values);
    } catch (error) {
      refuse(problemOf(error));
    }
  });
  const messageOf = (field: keyof T & string) => {
    const message = errors[field]?.message;
    return typeof message === "string" ? message : undefined;
  };
  return { register, submit, problem, messageOf, isSubmitting, reset, setFocus };
}
