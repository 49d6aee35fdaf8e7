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
  const lane = useWatch({ control, name: "lane" });
  const named = (services.data ?? []).map((name) => ({ value: name, label: name }));
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Service" error={errors.service?.message}>
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
        <Field label="Version" error={errors.version?.message}>
          {(field) => <Input autoComplete="off" placeholder="2.14.1" {...field} {...register("version")} />}
        </Field>
        <Field label="Commit" error={errors.commit?.message}>
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
        <Field label="Lines changed" error={errors.linesChanged?.message}>
          {(field) => (
            <Input inputMode="numeric" placeholder="not stated" {...field} {...register("linesChanged")} />
          )}
        </Field>
        <Field label="Services that call it" error={errors.dependents?.message}>
          {(field) => (
            <Input inputMode="numeric" placeholder="not stated" {...field} {...register("dependents")} />
          )}
        </Field>
        <Field label="Schema migration" error={errors.migration?.message}>
          {(field) => <Select choices={STATED} {...field} {...register("migration")} />}
        </Field>
        <Field label="Rollback at hand" error={errors.rollbackReady?.message}>
          {(field) => <Select choices={STATED} {...field} {...register("rollbackReady")} />}
        </Field>
      </fieldset>
      <Field label="What changes" error={errors.summary?.message}>
        {(field) => <Input autoComplete="off" {...field} {...register("summary")} />}
      </Field>
      <Field label="Links" hint="One a line: pull requests, tickets" error={errors.links?.message}>
        {(field) => <TextArea rows={2} spellCheck={false} {...field} {...register("links")} />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Declared risk"
          hint="The higher of this and the score counts"
          error={errors.declaredRisk?.message}
        >
          {(field) => <Select choices={RISK_CHOICES} {...field} {...register("declaredRisk")} />}
        </Field>
        <Field
          label="Lane"
          hint="With proof it turns block and defer into review"
          error={errors.lane?.message}
        >
          {(field) => <Select choices={LANE_CHOICES} {...field} {...register("lane")} />}
        </Field>
      </div>
      {(lane === "security" || lane === "p1_fix") && (
        <Field
          label={lane === "security" ? "The advisory it answers" : "The open P1 that it ends"}
          error={errors.evidence?.message}
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
