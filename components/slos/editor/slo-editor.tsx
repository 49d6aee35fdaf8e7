"use client";

import { useState } from "react";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { AlertsSection } from "./alert-fields.tsx";
import { BudgetSection } from "./budget-fields.tsx";
import { EditorFields } from "./editor-context.tsx";
import { EditorNotices } from "./editor-notices.tsx";
import { ExclusionsSection } from "./exclusion-fields.tsx";
import { ObjectivesSection } from "./objective-fields.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { SaveBar } from "./save-bar.tsx";
import { SliSection } from "./sli-fields.tsx";
import { type KnownService, StartSection } from "./start-section.tsx";
import { SubjectSection } from "./subject-fields.tsx";
import { useSloForm } from "./use-slo-form.ts";
import type { EditedSlo } from "./use-slo-saving.ts";

interface SloEditorProps {
  /** What the form begins with. */
  initial: SloDefinition;
  /** The SLO that is changed; null for a new one. */
  slo: EditedSlo | null;
  /** Services that templates can be filled with; only a new SLO begins from one. */
  services: readonly KnownService[];
}

/** The form of an SLO with its preview beside it. What was typed stays, whatever the server says. */
export function SloEditor({ initial, slo, services }: SloEditorProps) {
  const form = useSloForm(initial, slo);
  // Fields that hold text of their own begin anew with another template.
  const [started, setStarted] = useState(0);
  const start = (next: SloDefinition) => {
    form.start(next);
    setStarted((count) => count + 1);
  };
  const part = { definition: form.definition, onChange: form.change };
  const readOnly = slo?.fromFile ?? false;
  return (
    <EditorFields issues={form.issues} showAll={form.showAll}>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,27rem)] items-start gap-4 max-lg:grid-cols-[minmax(0,1fr)]">
        <form
          noValidate
          aria-label="SLO"
          className="grid min-w-0 gap-4"
          onSubmit={(event) => event.preventDefault()}
        >
          <EditorNotices slo={slo} problem={form.problem} conflict={form.conflict} />
          {!slo && <StartSection services={services} about={initial.service} onStart={start} />}
          <fieldset key={started} disabled={readOnly} className="grid min-w-0 gap-4">
            <SubjectSection {...part} />
            <SliSection {...part} />
            <ObjectivesSection {...part} />
            <BudgetSection {...part} />
            <ExclusionsSection {...part} />
            <AlertsSection {...part} />
          </fieldset>
        </form>
        <div className="min-w-0 lg:sticky lg:top-[calc(var(--top-bar-height)+1rem)] lg:max-h-[calc(100vh-9rem)] lg:overflow-y-auto">
          <PreviewPanel definition={form.definition} id={slo?.id} issues={form.ownIssues} />
        </div>
      </div>
      {!readOnly && <SaveBar form={form} />}
    </EditorFields>
  );
}
