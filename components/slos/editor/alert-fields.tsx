"use client";

import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import {
  type AlertTier,
  DEFAULT_ALERT_TIERS,
  fitsWindow,
  type TierInForce,
  tiersInForce,
} from "#lib/domain/slo/alerts/tiers.ts";
import { writeLookBack } from "#lib/domain/slo/budget/look-backs.ts";
import { writeDecimal } from "#lib/domain/slo/decimal.ts";
import { countsEvents } from "#lib/domain/slo/queries/measure.ts";
import { writeWindow } from "#lib/domain/slo/definition/windows.ts";
import {
  AddButton,
  ChoiceField,
  NumberField,
  OptionalTextField,
  type Part,
  replaced,
  Section,
} from "./editor-fields.tsx";
import { WORD_OF_ALERT_TIER } from "./editor-words.ts";

const ACTIONS = [
  { value: "page", label: "page" },
  { value: "ticket", label: "ticket" },
] as const;

interface Props {
  definition: SloDefinition;
  onChange: (next: SloDefinition) => void;
}

/** When somebody is told, and what they read then. */
export function AlertsSection({ definition, onChange }: Props) {
  const { alertTiers, minimumBadEvents, runbookUrl } = definition;
  const set = (next: AlertTier[]) => onChange({ ...definition, alertTiers: next });
  const absent = DEFAULT_ALERT_TIERS.filter(({ key }) => !alertTiers.some((tier) => tier.key === key));
  return (
    <Section
      title="Alerts"
      about="Each alerts when a share of the budget goes within its long window, and the short one still burns. The factor follows."
    >
      <ul className="grid gap-3">
        {alertTiers.map((tier, at) => (
          <TierRow
            key={tier.key}
            value={tier}
            path={`alertTiers.${at}`}
            objectives={definition.objectives}
            onChange={(next) => set(replaced(alertTiers, at, next))}
          />
        ))}
      </ul>
      {absent.length > 0 && (
        <AddButton onClick={() => set([...alertTiers, ...absent])}>Add the usual tiers</AddButton>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {countsEvents(definition) && (
          <NumberField
            label="Fewest bad events to alert"
            hint="Low traffic: fewer in the long window never alert"
            value={minimumBadEvents}
            path="minimumBadEvents"
            onChange={(next) => onChange({ ...definition, minimumBadEvents: next })}
          />
        )}
        <OptionalTextField
          label="Runbook"
          hint={
            runbookUrl === null ? "Without one no Prometheus rules can be made" : "An http or https address"
          }
          value={runbookUrl}
          path="runbookUrl"
          onChange={(next) => onChange({ ...definition, runbookUrl: next })}
        />
      </div>
    </Section>
  );
}

interface TierRowProps extends Part<AlertTier> {
  objectives: SloDefinition["objectives"];
}

function TierRow({ value: tier, onChange, path, objectives }: TierRowProps) {
  return (
    <li className="border-line-soft border-l-2 pl-3">
      <label className="flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          className="accent-accent size-4"
          checked={tier.enabled}
          onChange={(event) => onChange({ ...tier, enabled: event.target.checked })}
        />
        {WORD_OF_ALERT_TIER[tier.key]}
      </label>
      {tier.enabled && (
        <div className="mt-1.5 grid grid-cols-3 gap-2">
          <NumberField
            label="Long, hours"
            value={tier.longMinutes / 60}
            path={`${path}.longMinutes`}
            onChange={(hours) => onChange({ ...tier, longMinutes: hours * 60 })}
          />
          <NumberField
            label="Spent, %"
            scale="percent"
            value={tier.spendRatio}
            path={`${path}.spendRatio`}
            onChange={(spendRatio) => onChange({ ...tier, spendRatio })}
          />
          <ChoiceField
            label="Then"
            value={tier.action}
            path={`${path}.action`}
            choices={ACTIONS}
            onChange={(action) => onChange({ ...tier, action })}
          />
        </div>
      )}
      {tier.enabled && (
        <ul className="text-small text-dim mt-1">
          {objectives.map(({ target, window }, at) => (
            <li key={at}>
              {objectives.length > 1 && `${writeWindow(window)}: `}
              <InForce tier={tier} target={target} window={window} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function inWords({ factor, longMinutes, shortMinutes, disabledReason }: TierInForce): string {
  if (disabledReason !== null) return `Saved, but off. ${disabledReason}`;
  return `Above ${writeDecimal(factor)}x over ${writeLookBack(longMinutes)} and ${writeLookBack(shortMinutes)}.`;
}

function InForce({ tier, target, window }: { tier: AlertTier } & SloDefinition["objectives"][number]) {
  if (!Number.isFinite(target) || !Number.isFinite(tier.spendRatio) || !Number.isFinite(tier.longMinutes)) {
    return "The factor follows once all figures are there.";
  }
  if (!fitsWindow(tier, window)) return "Left out: its long window is over half of the SLO's.";
  const [inForce] = tiersInForce([tier], target, window);
  return inForce ? inWords(inForce) : null;
}
