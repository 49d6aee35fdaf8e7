"use client";

import { Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { RemoveButton } from "./remove-button.tsx";

const PATH = ["risk", "weights", "lines"] as const;
const MOST_STEPS = 20;

/** How many points a change of so many lines gets: the last step that it reaches counts. */
export function SizeSteps({ draft, problems, disabled, onChange }: DraftProps) {
  const steps = draft.risk.weights.lines;
  const last = steps.at(-1) ?? { from: 0, points: 0 };
  const add = () => {
    const from = Number.isFinite(last.from) ? Math.max(1, last.from * 2) : last.from;
    onChange(PATH, [...steps, { from, points: last.points }]);
  };
  const field = (at: number, member: "from" | "points", label: string) => (
    <NumberField
      label={label}
      value={steps[at]?.[member] ?? NaN}
      error={problems.get([...PATH, at, member].join("."))}
      disabled={disabled}
      onChange={(value) => onChange([...PATH, at, member], value)}
    />
  );
  return (
    <fieldset className="min-w-0">
      <legend className="text-dim mb-1.5">Size of the change</legend>
      <ol className="grid gap-2">
        {steps.map((_step, at) => (
          <li key={at} className="grid max-w-96 grid-cols-[1fr_1fr_2.25rem] items-end gap-2">
            {field(at, "from", "From lines")}
            {field(at, "points", "Points")}
            {!disabled && steps.length > 1 && (
              <RemoveButton
                what={`step ${at + 1}`}
                onRemove={() =>
                  onChange(
                    PATH,
                    steps.filter((_, nth) => nth !== at),
                  )
                }
              />
            )}
          </li>
        ))}
      </ol>
      {!disabled && steps.length < MOST_STEPS && (
        <Button className="mt-2 max-sm:h-10" onClick={add}>
          <Plus size={13} aria-hidden="true" />
          Add a step
        </Button>
      )}
    </fieldset>
  );
}
