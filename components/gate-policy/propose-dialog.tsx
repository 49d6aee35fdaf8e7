"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { GATE_POLICY_KEY, proposePolicy } from "#lib/client/gate-policy.queries.ts";
import type { GatePolicyInForce } from "#lib/contracts/gate-policies.ts";
import type { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { ChangesList } from "./changes-list.tsx";

interface ProposeDialogProps {
  base: GatePolicyInForce;
  draft: GatePolicyDocument;
  onProposed: () => void;
  onClose: () => void;
}

/** Proposes a policy with a reason; what was typed stays when the server refuses. */
export function ProposeDialog({ base, draft, onProposed, onClose }: ProposeDialogProps) {
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const propose = useMutation({
    mutationFn: () => proposePolicy({ document: draft, baseVersion: base.version, reason }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [GATE_POLICY_KEY] });
      onProposed();
    },
  });
  const problem = propose.error && problemOf(propose.error);
  const wrong = problem?.errors?.find(({ path }) => path === "reason")?.message;
  return (
    <FormDialog
      title={`Propose a change of version ${base.version}`}
      submit="Propose"
      pending={propose.isPending}
      problem={problem}
      onSubmit={() => propose.mutate()}
      onClose={onClose}
    >
      <ChangesList was={base.document} is={draft} />
      <Field label="Reason" hint="Somebody else decides on it by this" {...(wrong ? { error: wrong } : {})}>
        {(field) => (
          <TextArea {...field} rows={3} value={reason} onChange={({ target }) => setReason(target.value)} />
        )}
      </Field>
    </FormDialog>
  );
}
