"use client";

import { useQuery } from "@tanstack/react-query";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { ChoiceField, OptionalTextField, Section, TextField } from "./editor-fields.tsx";
import { TIER_CHOICES } from "./editor-words.ts";

type SubjectKind = "service" | "node" | "journey";
const KINDS = [
  { value: "service", label: "a service" },
  { value: "node", label: "a node" },
] as const;
const JOURNEY_KINDS = [{ value: "journey", label: "a user journey" }, ...KINDS] as const;

/** Whom the SLO is about, and what it is called. */
export function SubjectSection({
  definition,
  onChange,
}: {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}) {
  const services = useQuery(serviceNames());
  const nodes = useQuery(nodeNames());
  const { service, node, sli, name } = definition;
  const journey = sli.kind === "composite";
  const kind: SubjectKind = node !== null ? "node" : journey && service === null ? "journey" : "service";
  const choose = (next: SubjectKind) =>
    onChange({
      ...definition,
      service: next === "service" ? (service ?? "") : null,
      node: next === "node" ? (node ?? "") : null,
    });
  return (
    <Section title="Subject">
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceField<SubjectKind>
          label="It is about"
          value={kind}
          path="subject"
          choices={journey ? JOURNEY_KINDS : KINDS}
          onChange={choose}
        />
        {kind === "service" && (
          <OptionalTextField
            label="Service"
            value={service}
            path="service"
            choices={services.data}
            onChange={(next) => onChange({ ...definition, service: next })}
          />
        )}
        {kind === "node" && (
          <TextField
            label="Node"
            value={node ?? ""}
            path="node"
            choices={nodes.data}
            onChange={(next) => onChange({ ...definition, node: next })}
          />
        )}
        <TextField
          label="Name"
          hint={`Its key everywhere: ${sloKey({ service, node, name })}`}
          value={name}
          path="name"
          onChange={(next) => onChange({ ...definition, name: next })}
        />
        <OptionalTextField
          label="Owner"
          value={definition.owner}
          path="owner"
          onChange={(owner) => onChange({ ...definition, owner })}
        />
        <ChoiceField
          label="Tier"
          value={definition.tier ?? ""}
          path="tier"
          choices={TIER_CHOICES}
          onChange={(tier) =>
            onChange({ ...definition, tier: tier === "" ? null : (tier as SloDefinition["tier"]) })
          }
        />
        <TextField
          label="What it promises, in a sentence"
          className="sm:col-span-2"
          value={definition.description}
          path="description"
          onChange={(description) => onChange({ ...definition, description })}
        />
      </div>
    </Section>
  );
}
