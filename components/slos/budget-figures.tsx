import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { writeCount, writeRatio, writeSeconds } from "#lib/domain/words/figures.ts";
import type { Counted } from "./counted.ts";
import { eventsLeft, minutesLeft, writeBurn, writeGoodRatio, writeLeft, writeTarget } from "./slo-words.ts";

interface BudgetFiguresProps {
  budget: Budget;
  counted: Counted;
  onExplain: (figure: string) => void;
}

interface Shown {
  /** The name under which the figure is explained. */
  figure: string;
  name: string;
  text: string;
  aside?: string | undefined;
}

function sliOf({ errorRatio, target, bad, total }: Budget, counted: Counted): Shown {
  const ratio = errorRatio.window ?? null;
  const events =
    bad === null || total === null ? undefined : `${writeCount(bad)} bad of ${writeCount(total)} ${counted}`;
  return {
    figure: "errorRatio{window}",
    name: `SLI, target ${writeTarget(target)}`,
    text: writeGoodRatio(ratio === null ? null : 1 - ratio),
    aside: events,
  };
}

function outlookOf(budget: Budget): Shown {
  const { timeToExhaustionSeconds: seconds, lasts } = budget;
  const text = lasts ? "lasts" : seconds === null ? "—" : seconds === 0 ? "gone" : writeSeconds(seconds);
  return {
    figure: "timeToExhaustionSeconds",
    name: "Time to exhaustion",
    text,
    aside: "if this burn is sustained",
  };
}

function figuresOf(budget: Budget, counted: Counted): Shown[] {
  const consumed = budget.budgetConsumedRatio;
  const events = eventsLeft(budget.budgetRemainingEvents);
  const minutes = minutesLeft(budget.budgetRemainingMinutes);
  const pace = budget.paceRatio;
  return [
    sliOf(budget, counted),
    { figure: "budgetConsumedRatio", name: "Consumed", text: consumed === null ? "—" : writeRatio(consumed) },
    { figure: "budgetRemainingRatio", name: "Left", text: writeLeft(budget.budgetRemainingRatio) },
    ...(counted === "slices" || (budget.total === null && events === null)
      ? []
      : [{ figure: "budgetRemainingEvents", name: "Left in events", text: events ?? "—" }]),
    {
      figure: "budgetRemainingMinutes",
      name: "Left in minutes",
      text: minutes ?? "—",
      aside: `of ${writeSeconds(budget.budgetMinutes * 60)} of total failure`,
    },
    outlookOf(budget),
    ...["1h", "6h"].map((lookBack) => ({
      figure: `burnRate{${lookBack}}`,
      name: `Burn rate, ${lookBack}`,
      text: writeBurn(budget.burnRate[lookBack]),
    })),
    ...(pace === null
      ? []
      : [{ figure: "paceRatio", name: "Pace", text: writeBurn(pace), aside: "1x is even" }]),
  ];
}

/** Every figure of a budget; each says on a click what it is made of. */
export function BudgetFigures({ budget, counted, onExplain }: BudgetFiguresProps) {
  return (
    <ul
      aria-label="Figures"
      className="rounded-panel border-line-soft bg-panel grid grid-cols-[repeat(auto-fill,minmax(124px,1fr))] gap-x-2 gap-y-1 border p-2"
    >
      {figuresOf(budget, counted).map(({ figure, name, text, aside }) => (
        <li key={figure}>
          <button
            type="button"
            onClick={() => onExplain(figure)}
            title={`Explain: ${name}`}
            className="rounded-control hover:bg-raised flex h-full w-full flex-col items-start px-2 py-1.5 text-left"
          >
            <span className="text-small text-faint block">{name}</span>
            <span className="text-lead block font-medium">{text}</span>
            {aside !== undefined && <span className="text-small text-dim block">{aside}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
