import { clsx } from "clsx";
import { type Decision, DECISIONS } from "#lib/domain/gate/decision.ts";
import { decisionColor } from "#components/shell/decision-word.tsx";
import type { ControlProps } from "#components/ui/field.tsx";

interface DecisionSelectProps {
  /** Where a field labels it. */
  control?: ControlProps;
  /** Where nothing beside it does. */
  label?: string;
  value: Decision;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: Decision) => void;
}

/** A choice of a decision in its colour. */
export function DecisionSelect({ control, label, value, error, disabled, onChange }: DecisionSelectProps) {
  return (
    <select
      {...control}
      aria-label={label}
      aria-invalid={error !== undefined}
      title={error}
      value={value}
      disabled={disabled}
      className={clsx(
        "rounded-control bg-panel aria-invalid:border-critical h-7.5 w-full min-w-0 border px-1.5 font-medium max-sm:h-10 max-sm:appearance-none max-sm:px-1 max-sm:text-center max-sm:text-[16px]",
        "border-line",
        decisionColor(value),
      )}
      onChange={(event) => onChange(event.target.value as Decision)}
    >
      {[...DECISIONS].reverse().map((decision) => (
        <option key={decision} value={decision} className="text-ink">
          {decision}
        </option>
      ))}
    </select>
  );
}
