"use client";

import { useQuery } from "@tanstack/react-query";
import { type Control, type FieldErrors, type UseFormRegister, useWatch } from "react-hook-form";
import { serviceNames } from "#lib/client/names.queries.ts";
import { RISKS } from "#lib/domain/gate/risk.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import type { RequestForm } from "./request-form.ts";

interface RequestFieldsProps {
  register: UseFormRegister<RequestForm>;
  errors: FieldErrors<RequestForm>;
  control: Control<RequestForm>;
}

const STATED = [
  { value: "", label: "not stated" },
  { value: "yes", label: "yes" },
  { value: "no", label: "no" },
];
const RISK_CHOICES = [
  { value: "", label: "not stated: as scored" },
  ...RISKS.map((risk) => ({ value: risk, label: `at least ${risk}` })),
];
const LANE_CHOICES = [
  { value: "", label: "none: an ordinary change" },
  { value: "security", label: "security fix" },
  { value: "p1_fix", label: "fix of an open P1" },
  { value: "rollback", label: "rollback to a version that ran well" },
];

/** The fields of a request: what goes out, what is changed, how much it may harm. */
export function RequestFields({ register, errors, control }: RequestFieldsProps) {
  const services = useQuery(serviceNames());
  const wrong = (name: keyof RequestForm) => errors[name]?.message;
  const lane = useWatch({ control, name: "lane" });
  const named = (services.data ?? []).map((name) => ({ value: name, label: name }));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Service" error={wrong("service")}>
          {(field) => (
            // Drawn anew once the names are there, so that one chosen beforehand is shown.
            <Select
              key={named.length}
              choices={[{ value: "", label: "choose one" }, ...named]}
              {...field}
              {...register("service")}
            />
          )}
        </Field>
        <Field label="Version" error={wrong("version")}>
          {(field) => <Input autoComplete="off" placeholder="2.14.1" {...field} {...register("version")} />}
        </Field>
        <Field label="Commit" error={wrong("commit")}>
          {(field) => (
            <Input
              autoComplete="off"
              spellCheck={false}
              placeholder="9f2c4e1"
              {...field}
              {...register("commit")}
            />
          )}
        </Field>
      </div>
      <fieldset className="grid gap-3 sm:grid-cols-4">
        <legend className="text-small text-faint mb-2">
          The change. What is not stated may count against it.
        </legend>
        <Field label="Lines changed" error={wrong("linesChanged")}>
          {(field) => (
            <Input inputMode="numeric" placeholder="not stated" {...field} {...register("linesChanged")} />
          )}
        </Field>
        <Field label="Services that call it" error={wrong("dependents")}>
          {(field) => (
            <Input inputMode="numeric" placeholder="not stated" {...field} {...register("dependents")} />
          )}
        </Field>
        <Field label="Schema migration" error={wrong("migration")}>
          {(field) => <Select choices={STATED} {...field} {...register("migration")} />}
        </Field>
        <Field label="Rollback at hand" error={wrong("rollbackReady")}>
          {(field) => <Select choices={STATED} {...field} {...register("rollbackReady")} />}
        </Field>
      </fieldset>
      <Field label="What changes" error={wrong("summary")}>
        {(field) => <Input autoComplete="off" {...field} {...register("summary")} />}
      </Field>
      <Field label="Links" hint="One a line: pull requests, tickets" error={wrong("links")}>
        {(field) => <TextArea rows={2} spellCheck={false} {...field} {...register("links")} />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Declared risk"
          hint="The higher of this and the score counts"
          error={wrong("declaredRisk")}
        >
          {(field) => <Select choices={RISK_CHOICES} {...field} {...register("declaredRisk")} />}
        </Field>
        <Field label="Lane" hint="With proof it turns block and defer into review" error={wrong("lane")}>
          {(field) => <Select choices={LANE_CHOICES} {...field} {...register("lane")} />}
        </Field>
      </div>
      {(lane === "security" || lane === "p1_fix") && (
        <Field
          label={lane === "security" ? "The advisory it answers" : "The open P1 that it ends"}
          error={wrong("evidence")}
        >
          {(field) => (
            <Input
              autoComplete="off"
              placeholder={lane === "security" ? "CVE-2026-12345" : "INC-20261120-142105"}
              {...field}
              {...register("evidence")}
            />
          )}
        </Field>
      )}
    </>
  );
}
