"use client";

import { useState } from "react";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import type { MetricNames } from "#lib/domain/signals/presets.ts";
import type { SliKind } from "#lib/domain/slo/definition/sli.ts";
import {
  TEMPLATE_KINDS,
  templateDefinitions,
  type TemplateSubject,
  tierDefinitions,
} from "#lib/domain/slo/definition/templates.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Link } from "#components/ui/link.tsx";
import { Select } from "#components/ui/select.tsx";
import { blankDefinition, usualSli } from "./editor-definition.ts";
import { Section } from "./editor-fields.tsx";

/** A service that a template can be filled with. */
export interface KnownService {
  name: string;
  owner: string | null;
  tier: TemplateSubject["tier"];
  kind: (typeof TEMPLATE_KINDS)[number];
  names: MetricNames;
}

const WORD_OF_TEMPLATE = {
  api: "API",
  web: "web",
  batch: "data pipeline",
  streaming: "streaming",
} as const satisfies Record<(typeof TEMPLATE_KINDS)[number], string>;

const PRESETS = [
  { value: "kind", label: "what its kind usually promises" },
  ...TEMPLATE_KINDS.map((kind) => ({ value: kind, label: `the ${WORD_OF_TEMPLATE[kind]} template` })),
  ...TIERS.map((tier) => ({ value: tier, label: `the ${tier.replace("_", " ")} tier` })),
];

/** The definitions of a preset for a service; drafts to be changed. */
function presetDefinitions(preset: string, service: KnownService): SloDefinition[] {
  const subject: TemplateSubject = { ...service, service: service.name, runbookUrl: null };
  const tier = TIERS.find((one) => one === preset);
  if (tier) return tierDefinitions(tier, subject);
  const kind = TEMPLATE_KINDS.find((one) => one === preset) ?? service.kind;
  return templateDefinitions(kind, subject);
}

const BLANK: readonly { kind: SliKind; label: string }[] = [
  { kind: "composite", label: "User journey" },
  { kind: "probe", label: "Probe" },
  { kind: "custom", label: "Own PromQL" },
];

interface StartSectionProps {
  services: readonly KnownService[];
  /** The service that the form is about already. */
  about: string | null;
  onStart: (definition: SloDefinition) => void;
}

/** What a new SLO begins from: a template or tier for a service, or an empty form. */
export function StartSection({ services, about, onStart }: StartSectionProps) {
  const [name, setName] = useState(about ?? services[0]?.name ?? "");
  const [preset, setPreset] = useState("kind");
  const service = services.find((one) => one.name === name);
  return (
    <Section title="Begin with" about="A template fills the form; all of it can be changed.">
      {service && (
        <div className="grid items-end gap-3 sm:grid-cols-2">
          <Field label="Of the service">
            {(control) => (
              <Select
                {...control}
                value={name}
                choices={services.map((one) => ({ value: one.name, label: one.name }))}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Take">
            {(control) => (
              <Select
                {...control}
                value={preset}
                choices={PRESETS}
                onChange={(event) => setPreset(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {service &&
          presetDefinitions(preset, service).map((definition) => (
            <Button key={definition.name} onClick={() => onStart(definition)}>
              {definition.name}
            </Button>
          ))}
        {BLANK.map(({ kind, label }) => (
          <Button key={kind} onClick={() => onStart(blankDefinition(usualSli(kind, null)))}>
            {label}
          </Button>
        ))}
      </div>
      <p className="text-dim">
        Or see{" "}
        <Link href="/slos/propose" className="text-accent underline">
          what Burnline proposes
        </Link>{" "}
        for what it found, with targets that would have been met.
      </p>
    </Section>
  );
}
