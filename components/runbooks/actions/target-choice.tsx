"use client";

import { useQuery } from "@tanstack/react-query";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
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
    <label className="text-small text-dim flex items-center gap-2">
      {kind === "service" ? "For the service" : "For the node"}
      <Select
        choices={[{ value: "", label: "choose" }, ...choices]}
        value={value ?? ""}
        onChange={({ target }) => onChoose(target.value === "" ? null : target.value)}
      />
    </label>
  );
}
