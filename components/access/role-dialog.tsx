"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormProvider, useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { patchRole } from "#lib/client/roles.queries.ts";
import { PatchRole, RoleEntry } from "#lib/contracts/access.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { FormActions, FormProblem } from "./form-parts.tsx";
import { contractResolver, showFieldErrors } from "./form-resolver.ts";
import { MatcherFields, type MatchersForm } from "./matcher-fields.tsx";
import { MatchersText } from "./matchers-text.tsx";
import { WORD_OF_ROLE } from "./role-words.ts";

interface RoleDialogProps {
  entry: RoleEntry;
  onSaved: () => void;
  onClose: () => void;
}

/** Confines a role. What was typed stays when the server refuses; a conflict shows what holds now. */
export function RoleDialog({ entry, onSaved, onClose }: RoleDialogProps) {
  const [base, setBase] = useState(entry);
  const { role, version } = base;
  const methods = useForm<MatchersForm>({
    defaultValues: { matchers: entry.matchers },
    mode: "onTouched",
    resolver: contractResolver(PatchRole, (form) => ({ role, version, ...form })),
  });
  const { handleSubmit, control, setError } = methods;
  const { isDirty } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: MatchersForm) => patchRole({ role, version, ...form }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
    onError: (error) => {
      const problem = problemOf(error);
      const current = RoleEntry.safeParse(problem.current);
      if (current.success) setBase(current.data);
      showFieldErrors(problem, setError);
    },
  });
  const submit = handleSubmit((form) => mutation.mutate(form));
  const problem = mutation.error && problemOf(mutation.error);

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`What ${WORD_OF_ROLE[role]} sees`}>
      <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
        <FormProblem problem={problem}>
          {problem?.code === "conflict" && (
            <p className="text-dim mt-1">
              It now sees <MatchersText matchers={base.matchers} />. Saving again replaces that.
            </p>
          )}
        </FormProblem>
        <p className="text-dim max-w-prose">
          Every query of whoever holds this role gets these matchers, in panels, logs, the proxies and API
          tokens, from their next request on. Who holds several roles gets the matchers of all of them.
        </p>
        <FormProvider {...methods}>
          <MatcherFields />
        </FormProvider>
        <FormActions submit="Save" disabled={!isDirty || mutation.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
