"use client";

import { useQuery } from "@tanstack/react-query";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";

interface TargetChoiceProps {
  kind: "service" | "node";
  value: string | null;
  onChoose: (name: string | null) => void;
}

/** What the actions of a page are looked at for, and run for. */
export function TargetChoice({ kind, value, onChoose }: TargetChoiceProps) {
  const services = useQuery({ ...serviceNames(), enabled: kind === "service" });
  const nodes = useQuery({ ...nodeNames(), enabled: kind === "node" });
  const names = (kind === "service" ? services.data : nodes.data) ?? [];
  const known = value === null || names.includes(value) ? names : [value, ...names];
  const choices = [...known].sort().map((name) => ({ value: name, label: name }));
  return (
    <Field label={kind === "service" ? "For the service" : "For the node"} className="w-56 max-w-full">
      {(field) => (
        <Select
          choices={[{ value: "", label: "choose one" }, ...choices]}
          value={value ?? ""}
          onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}
          {...field}
        />
      )}
    </Field>
  );
}
