"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm, useFormState, type Resolver } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { RELEASES_KEY, requestRelease } from "#lib/client/releases.queries.ts";
import { RequestRelease } from "#lib/contracts/releases.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { RequestFields } from "./request-fields.tsx";
import { EMPTY_REQUEST, fieldOf, type RequestForm, toRequest } from "./request-form.ts";

const resolver: Resolver<RequestForm> = (values) => {
  const { error } = RequestRelease.safeParse(toRequest(values));
  if (!error) return { values, errors: {} };
  const found = error.issues.flatMap(({ path, message }) => {
    const field = fieldOf(path.join("."));
    return field
      ? [[field, { type: "validate", message: values[field] === "" ? "is needed" : message }]]
      : [];
  });
  return { values: {}, errors: Object.fromEntries(found.reverse()) };
};

interface RequestDialogProps {
  service: string | undefined;
  onClose: () => void;
}

/** Asks for a release; what was typed stays when the server refuses. */
export function RequestDialog({ service, onClose }: RequestDialogProps) {
  const router = useRouter();
  const client = useQueryClient();
  const { register, handleSubmit, control, setError } = useForm<RequestForm>({
    defaultValues: { ...EMPTY_REQUEST, service: service ?? "" },
    mode: "onTouched",
    resolver,
  });
  const { errors } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: RequestForm) => requestRelease(toRequest(form)),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: [RELEASES_KEY] });
      router.push(`/releases/${encodeURIComponent(id)}`);
    },
    onError: (error) => {
      for (const { path, message } of problemOf(error).errors ?? []) {
        const field = fieldOf(path);
        if (field) setError(field, { type: "server", message });
      }
    },
  });
  return (
    <FormDialog
      title="Request a release"
      submit="Request"
      pending={mutation.isPending || mutation.isSuccess}
      problem={mutation.error && problemOf(mutation.error)}
      onSubmit={() => void handleSubmit((form) => mutation.mutate(form))()}
      onClose={onClose}
    >
      <RequestFields register={register} errors={errors} control={control} />
    </FormDialog>
  );
}
