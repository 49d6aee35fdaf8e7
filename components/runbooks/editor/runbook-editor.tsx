"use client";

import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState, type SyntheticEvent } from "react";
import { type FieldPath, FormProvider, useForm, useFormState, useWatch } from "react-hook-form";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import { createRunbook, putRunbook, runbookPath, runbooksQuery } from "#lib/client/runbooks.queries.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { Runbook } from "#lib/contracts/runbooks.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Button } from "#components/ui/button.tsx";
import { Markdown } from "#components/ui/markdown.tsx";
import { Refused } from "../actions/refused.tsx";
import { Conflict } from "./conflict.tsx";
import { RunbookFields } from "./runbook-fields.tsx";
import {
  documentOf,
  newRunbookForm,
  runbookFieldOf,
  type RunbookErrors,
  type RunbookForm,
  toRunbook,
  toRunbookForm,
} from "./runbook-form.ts";

const asRunbook = async () => (await import("#lib/contracts/runbooks.ts")).Runbook;

/** Writes a runbook, new under a name or known, with its look beside it. What was typed stays whatever the server says. */
export function RunbookEditor({ runbook, name = "" }: { runbook: Runbook | null; name?: string }) {
  const client = useQueryClient();
  const router = useRouter();
  const [base, setBase] = useState(runbook);
  const [theirs, setTheirs] = useState<Runbook | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [shown, setShown] = useState<"text" | "preview">("text");
  const form = useForm<RunbookForm>({
    defaultValues: runbook ? toRunbookForm(runbook) : newRunbookForm(name),
  });
  const { isSubmitting } = useFormState({ control: form.control });
  const showErrors = (errors: RunbookErrors) => {
    setShown("text");
    for (const { path, message } of errors)
      form.setError(path as FieldPath<RunbookForm>, { type: "server", message });
  };
  const refuse = async (error: unknown) => {
    const refused = problemOf(error);
    setProblem(refused);
    const current = await currentOf(asRunbook, refused);
    if (current) {
      setTheirs(current);
      setBase(current);
    }
    showErrors((refused.errors ?? []).map(({ path, message }) => ({ path: runbookFieldOf(path), message })));
  };
  const save = form.handleSubmit(async (values) => {
    const { wanted, errors } = await toRunbook(values);
    if (errors) return showErrors(errors);
    try {
      const saved = await (base ? putRunbook({ ...wanted, version: base.version }) : createRunbook(wanted));
      void client.invalidateQueries({ queryKey: runbooksQuery().queryKey });
      router.push(runbookPath(saved.name));
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
    if (theirs) form.reset(toRunbookForm(theirs));
    setTheirs(null);
    setProblem(null);
  };
  return (
    <FormProvider {...form}>
      {problem && <Refused problem={problem} />}
      {theirs && <Conflict theirs={theirs} mine={documentOf(form.getValues())} onTakeTheirs={takeTheirs} />}
      <Sides shown={shown} onShow={setShown} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
        <form
          noValidate
          aria-label="Runbook"
          className={clsx(
            "grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3",
            shown === "preview" && "max-lg:hidden",
          )}
          onSubmit={submit}
        >
          <RunbookFields named={base !== null} />
          <div className="bg-bg sticky bottom-0 flex gap-2 py-2 max-sm:bottom-16">
            <GuardedButton
              action="runbooks:write"
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
        <Preview className={clsx(shown === "text" && "max-lg:hidden")} control={form.control} />
      </div>
    </FormProvider>
  );
}

function saveWords(base: Runbook | null, theirs: Runbook | null): string {
  if (theirs) return `Put mine on version ${theirs.version}`;
  return base ? `Save version ${base.version + 1}` : "Create the runbook";
}

/** On a narrow window one side at a time. */
function Sides({ shown, onShow }: { shown: "text" | "preview"; onShow: (side: "text" | "preview") => void }) {
  return (
    <div role="group" aria-label="Side" className="flex gap-2 lg:hidden">
      <Button
        className="aria-pressed:border-accent aria-pressed:text-ink max-sm:h-9"
        aria-pressed={shown === "text"}
        onClick={() => onShow("text")}
      >
        Text
      </Button>
      <Button
        className="aria-pressed:border-accent aria-pressed:text-ink max-sm:h-9"
        aria-pressed={shown === "preview"}
        onClick={() => onShow("preview")}
      >
        Preview
      </Button>
    </div>
  );
}

type Control = ReturnType<typeof useForm<RunbookForm>>["control"];

function Preview({ control, className }: { control: Control; className: string }) {
  const text = useDeferredValue(useWatch({ control, name: "markdown" }));
  return (
    <section
      aria-label="Preview"
      className={clsx("rounded-panel border-line-soft bg-panel min-w-0 border px-5 py-4", className)}
    >
      <h2 className="text-small text-faint mb-2">Preview; queries are asked on the page</h2>
      <Markdown text={text} />
    </section>
  );
}
