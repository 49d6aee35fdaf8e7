import { clsx } from "clsx";

interface SwitchProps<T extends string> {
  label: string;
  choices: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

/** One of two or three, side by side. */
export function Switch<T extends string>({ label, choices, value, onChange }: SwitchProps<T>) {
  return (
    <div role="group" aria-label={label} className="flex gap-1">
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className={clsx(
            "rounded-control h-7.5 border px-2.5",
            choice.value === value ? "border-accent text-ink" : "border-line text-dim hover:text-ink",
          )}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
