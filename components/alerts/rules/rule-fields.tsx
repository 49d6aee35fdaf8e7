import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { RuleForm } from "./rule-form.ts";

const SEVERITIES = [
  { value: "critical", label: "critical: pages somebody" },
  { value: "warning", label: "warning: a ticket for working hours" },
  { value: "info", label: "info: asks nothing" },
];
const AREA =
  "rounded-control border-line-strong bg-panel text-ink aria-invalid:border-critical block w-full border px-2.5 py-1.5 max-sm:text-[16px]";

interface RuleFieldsProps {
  register: UseFormRegister<RuleForm>;
  errors: FieldErrors<RuleForm>;
  /** The rule has its name already. */
  named: boolean;
  /** What the source says against the query as it stands. */
  exprProblem: string | undefined;
}

/** The fields of a rule. */
export function RuleFields({ register, errors, named, exprProblem }: RuleFieldsProps) {
  const message = (name: keyof RuleForm) => errors[name]?.message;
  return (
    <>
      <Field label="Name" hint="As in HighErrorRate" error={message("name")}>
        {(field) => <Input {...field} readOnly={named} {...register("name")} />}
      </Field>
      <Field
        label="Query (PromQL)"
        hint="Fires for every series that it answers, so compare with a threshold"
        error={message("expr") ?? exprProblem}
      >
        {(field) => (
          <textarea
            {...field}
            rows={4}
            spellCheck={false}
            className={`${AREA} font-mono`}
            {...register("expr")}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Fires after (minutes)" error={message("forMinutes")}>
          {(field) => <Input {...field} inputMode="decimal" {...register("forMinutes")} />}
        </Field>
        <Field label="Severity" error={message("severity")}>
          {(field) => <Select {...field} choices={SEVERITIES} {...register("severity")} />}
        </Field>
      </div>
      <Field label="Further labels" hint='As in team="shop"' error={message("labels")}>
        {(field) => <Input {...field} className="w-full font-mono" {...register("labels")} />}
      </Field>
      <Field
        label="Summary"
        hint="One line for whoever is woken; {{ $labels.service }} and {{ $value }} are filled in"
        error={message("summary")}
      >
        {(field) => <Input {...field} {...register("summary")} />}
      </Field>
      <Field label="Description" error={message("description")}>
        {(field) => <textarea {...field} rows={3} className={AREA} {...register("description")} />}
      </Field>
      <Field
        label="Runbook"
        hint="Address or path; an alert that tells nobody what to do is a defect"
        error={message("runbook")}
      >
        {(field) => <Input {...field} {...register("runbook")} />}
      </Field>
    </>
  );
}
