"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm, useFormState, useWatch, type Resolver } from "react-hook-form";
import { ALERTS_KEY } from "#lib/client/alerts.queries.ts";
import { currentOf, problemOf } from "#lib/client/fetch-json.ts";
import { createRule, deleteRule, ownRuleQuery, putRule } from "#lib/client/rules.queries.ts";
import type { OwnRule } from "#lib/contracts/alert-rules.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { EMPTY_RULE, ruleFieldOf, toRule, toRuleForm, type RuleForm } from "./rule-form.ts";
import { RulePreview, useRulePreview } from "./rule-preview.tsx";
import { RuleRefusal } from "./rule-refusal.tsx";
import { RuleVersions } from "./rule-versions.tsx";

const asOwnRule = async () => (await import("#lib/contracts/alert-rules.ts")).OwnRule;

const resolver: Resolver<RuleForm> = async (values) => {
  const { errors } = await toRule(values);
  if (errors === null) return { values, errors: {} };
  const shown = Object.entries(errors).map(([field, message]) => [field, { type: "validate", message }]);
  return { values: {}, errors: Object.fromEntries(shown) };
};

/** What the source says against a query; nothing where it could not be asked. */
function wrongQuery(error: Error | null): string | undefined {
  const problem = error && problemOf(error);
  return problem?.code === "bad_query" ? problem.detail : undefined;
}

/** Edits a rule that is written here. */
export function ExistingRule({ name }: { name: string }) {
  const { data, error, refetch } = useQuery(ownRuleQuery(name));
  if (data) return <RuleEditor rule={data} />;
  if (!error) return <ListSkeleton rows={6} rowHeight="h-12" />;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={() => void refetch()} />;
}

/** Writes a rule, new or known, with its last 30 days beside it. What was typed stays when the server refuses. */
export function RuleEditor({ rule }: { rule: OwnRule | null }) {
  const client = useQueryClient();
  const router = useRouter();
  const [base, setBase] = useState(rule);
  const [refusal, setRefusal] = useState<{ problem: Problem; before: OwnRule | null } | null>(null);
  const { register, handleSubmit, control, setError, reset } = useForm<RuleForm>({
    defaultValues: rule ? toRuleForm(rule.name, rule.definition) : EMPTY_RULE,
    mode: "onTouched",
    resolver,
  });
  const { errors, isSubmitting } = useFormState({ control });
  const [expr, forMinutes] = useWatch({ control, name: ["expr", "forMinutes"] });
  const leave = () => {
    void client.invalidateQueries({ queryKey: [ALERTS_KEY] });
    router.push("/alerts/rules");
  };
  const refuse = async (error: unknown) => {
    const problem = problemOf(error);
    const current = base && (await currentOf(asOwnRule, problem));
    setRefusal({ problem, before: current && base });
    if (current) {
      setBase(current);
      reset(toRuleForm(current.name, current.definition), { keepDirtyValues: true });
    }
    for (const { path, message } of problem.errors ?? []) {
      const field = ruleFieldOf(path);
      if (field) setError(field, { type: "server", message }, { shouldFocus: true });
    }
  };
  const submit = handleSubmit(async (form) => {
    setRefusal(null);
    const { wanted } = await toRule(form);
    if (wanted === null) return;
    try {
      const saved = await (base ? putRule({ ...wanted, version: base.version }) : createRule(wanted));
      client.setQueryData(ownRuleQuery(saved.name).queryKey, saved);
      leave();
    } catch (error) {
      await refuse(error);
    }
  });
  const removal = useMutation({ mutationFn: deleteRule, onSuccess: leave, onError: refuse });
  const forSeconds = Math.max(0, Math.round(Number(forMinutes) * 60) || 0);
  const preview = useRulePreview(expr, forSeconds);
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <form noValidate className="grid content-start gap-3" onSubmit={(event) => void submit(event)}>
        <RuleRefusal refusal={refusal} now={base} />
        <RuleFields
          register={register}
          errors={errors}
          named={base !== null}
          exprProblem={wrongQuery(preview.error)}
        />
        <div className="flex gap-2">
          <GuardedButton action="rules:write" variant="primary" type="submit" disabled={isSubmitting}>
            {base ? `Save on version ${base.version}` : "Create the rule"}
          </GuardedButton>
          {base && (
            <GuardedButton
              action="rules:write"
              disabled={removal.isPending}
              onClick={() => removal.mutate(base)}
            >
              Delete
            </GuardedButton>
          )}
        </div>
      </form>
      <div className="grid content-start gap-4">
        <RulePreview preview={preview} />
        {base && <RuleVersions rule={base} />}
      </div>
    </div>
  );
}
