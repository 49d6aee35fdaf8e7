import { clsx } from "clsx";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { groupKey } from "#lib/domain/slo/definition/groups.ts";
import { groupInWords } from "#lib/domain/slo/definition/groups.ts";
import { StatusIcon } from "#components/shell/status.tsx";
import { Select } from "#components/ui/select.tsx";
import { shortWindow, writeLeft, writeTarget } from "./slo-words.ts";

interface ObjectiveSwitchProps {
  budgets: readonly Budget[];
  chosen: Budget;
  onChoose: (budget: Pick<Budget, "objective" | "group">) => void;
}

/** Chooses among the objectives of an SLO and, where it is split, its groups. */
export function ObjectiveSwitch({ budgets, chosen, onChoose }: ObjectiveSwitchProps) {
  const key = groupKey(chosen.group);
  const ofGroup = budgets.filter(({ group }) => groupKey(group) === key);
  const groups = budgets.filter(({ objective }) => objective === chosen.objective);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {ofGroup.length > 1 && (
        <div role="group" aria-label="Objective" className="flex flex-wrap gap-1">
          {ofGroup.map((budget) => (
            <button
              key={budget.objective}
              type="button"
              aria-pressed={budget.objective === chosen.objective}
              onClick={() => onChoose(budget)}
              className={clsx(
                "rounded-control inline-flex h-7.5 items-center gap-1.5 border px-2.5",
                budget.objective === chosen.objective
                  ? "border-accent text-ink"
                  : "border-line text-dim hover:text-ink",
              )}
            >
              <StatusIcon status={budget.status} label={budget.status.replace("_", " ")} />
              {writeTarget(budget.target)} over {shortWindow(budget.window)}
            </button>
          ))}
        </div>
      )}
      {groups.length > 1 && (
        <Select
          aria-label="Group"
          className="max-sm:w-full"
          choices={groups.map((budget) => ({
            value: groupKey(budget.group),
            label: `${groupInWords(budget.group)} (${budget.status.replace("_", " ")}, ${writeLeft(budget.budgetRemainingRatio)} left)`,
          }))}
          value={key}
          onChange={(event) => {
            const next = groups.find(({ group }) => groupKey(group) === event.target.value);
            if (next) onChoose(next);
          }}
        />
      )}
    </div>
  );
}
