"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { releaseQuery, RELEASES_KEY, withdrawRelease } from "#lib/client/releases.queries.ts";
import type { ReleaseDetail } from "#lib/contracts/releases.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** Takes a request back, which ends its lease too. */
export function WithdrawDialog({ release, onClose }: { release: ReleaseDetail; onClose: () => void }) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const mutation = useMutation({
    mutationFn: () => withdrawRelease(release.id, reason.trim()),
    onSuccess: (withdrawn) => {
      client.setQueryData(releaseQuery(release.id).queryKey, withdrawn);
      void client.invalidateQueries({ queryKey: [RELEASES_KEY] });
      onClose();
    },
  });
  const submit = () => {
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") mutation.mutate();
  };
  return (
    <FormDialog
      title={`Withdraw ${release.service} ${release.version}`}
      submit="Withdraw"
      pending={mutation.isPending}
      problem={mutation.error && problemOf(mutation.error)}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-dim">It ends here: an approval is void, and going out takes a new request.</p>
      <Field label="Reason" error={missing ? "is needed" : undefined}>
        {(field) => (
          <Input
            autoComplete="off"
            maxLength={1_000}
            {...field}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
