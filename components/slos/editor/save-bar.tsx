"use client";

import { useMay } from "#components/shell/me.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { SloForm } from "./use-slo-form.ts";

/** The foot of the editor: it stays in sight while the form scrolls. */
export function SaveBar({ form }: { form: SloForm }) {
  const { lowered, reason, issues, isSaving } = form;
  const reasonError = issues.find(({ path }) => path === "reason")?.message;
  const mayPublish = useMay("slos:publish");
  const wrong =
    issues.length === 1 ? "One field is not right yet" : `${issues.length} fields are not right yet`;
  return (
    <div className="border-line-soft bg-bg sticky bottom-0 z-10 -mx-6 grid gap-2 border-t px-6 py-3 max-sm:bottom-(--bottom-bar-height) max-sm:-mx-3.5 max-sm:px-3.5">
      {lowered.length > 0 && (
        <Field
          label={`Why the target is lowered (${lowered.join(", ")})`}
          hint="A lower target is an exception; the reason is recorded"
          error={reasonError}
        >
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={500}
              onChange={(event) => form.setReason(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="text-small text-dim mr-auto" role="status">
          {issues.length > 0 ? wrong : mayPublish ? "" : "A product owner publishes what you save."}
        </span>
        <Button
          variant={mayPublish ? "outline" : "primary"}
          disabled={isSaving}
          onClick={() => form.save(true)}
        >
          Save draft
        </Button>
        {mayPublish && (
          <Button variant="primary" disabled={isSaving} onClick={() => form.save(false)}>
            Publish
          </Button>
        )}
      </div>
    </div>
  );
}
