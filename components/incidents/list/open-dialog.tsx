"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm, useFormState } from "react-hook-form";
import { z } from "zod";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { IncidentFilter } from "#lib/client/incident-filter.ts";
import { INCIDENTS_KEY, openIncident } from "#lib/client/incidents.queries.ts";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { CreateIncident } from "#lib/contracts/incidents.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { SEVERITIES, type Severity } from "#lib/domain/incidents/severity.ts";
import { severityMeaning } from "#components/shell/severity-chip.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { Select } from "#components/ui/select.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";

interface OpenForm {
  title: string;
  severity: Severity;
  service: string;
  node: string;
}

const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: `${value}: ${severityMeaning(value)}` }));
const OpenElsewhere = z.object({ id: z.string() });

const toInput = ({ title, severity, service, node }: OpenForm) => ({
  title,
  severity,
  service: service === "" ? null : service,
  node: node === "" ? null : node,
});

/** Opens an incident by hand. */
export function OpenDialog({ about, onClose }: { about: IncidentFilter; onClose: () => void }) {
  const router = useRouter();
  const client = useQueryClient();
  const services = useQuery(serviceNames());
  const nodes = useQuery(nodeNames());
  const { register, handleSubmit, control, setError } = useForm<OpenForm>({
    defaultValues: { title: "", severity: "P2", service: about.service ?? "", node: about.node ?? "" },
    mode: "onTouched",
  });
  const { errors } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: OpenForm) => openIncident(toInput(form)),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: [INCIDENTS_KEY] });
      router.push(`/incidents/${encodeURIComponent(id)}`);
    },
    onError: (error) => {
      for (const { path, message } of problemOf(error).errors ?? [])
        setError(path as keyof OpenForm, { type: "server", message });
    },
  });
  const problem = mutation.error && problemOf(mutation.error);
  return (
    <FormDialog
      title="Open an incident"
      submit="Open"
      pending={mutation.isPending || mutation.isSuccess}
      problem={problem}
      remedy={problem && <Elsewhere problem={problem} />}
      onSubmit={() => void handleSubmit((form) => mutation.mutate(form))()}
      onClose={onClose}
    >
      <Field label="What is wrong, as users feel it" error={errors.title?.message}>
        {(field) => (
          <Input
            autoComplete="off"
            placeholder="checkout answers with errors"
            {...field}
            {...register("title", { validate: titleProblem })}
          />
        )}
      </Field>
      <Field label="Severity" error={errors.severity?.message}>
        {(field) => <Select choices={SEVERITY_CHOICES} {...field} {...register("severity")} />}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Service"
          hint="Its alerts belong to the incident from then on"
          error={errors.service?.message}
        >
          {(field) => <Select choices={orNone(services.data)} {...field} {...register("service")} />}
        </Field>
        <Field label="Node" error={errors.node?.message}>
          {(field) => <Select choices={orNone(nodes.data)} {...field} {...register("node")} />}
        </Field>
      </div>
    </FormDialog>
  );
}

function titleProblem(title: string): string | true {
  const parsed = CreateIncident.shape.title.safeParse(title);
  if (parsed.success) return true;
  return title.trim() === "" ? "is needed" : (parsed.error.issues[0]?.message ?? "is not valid");
}

const orNone = (names: readonly string[] = []) => [
  { value: "", label: "none" },
  ...names.map((name) => ({ value: name, label: name })),
];

/** The incident that is open for it already. */
function Elsewhere({ problem }: { problem: Problem }) {
  const other = OpenElsewhere.safeParse(problem.current);
  if (!other.success) return null;
  return (
    <Link href={`/incidents/${encodeURIComponent(other.data.id)}`} className="text-accent underline">
      Go to {other.data.id}
    </Link>
  );
}
