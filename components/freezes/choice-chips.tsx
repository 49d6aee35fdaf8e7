"use client";

interface ChoiceChipsProps {
  label: string;
  /** What it means that none is chosen. */
  none: string;
  choices: readonly string[];
  chosen: readonly string[];
  error: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** Several of some names: each a checkbox drawn as a chip. */
export function ChoiceChips({ label, none, choices, chosen, error, onChange }: ChoiceChipsProps) {
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return (
    <fieldset className="min-w-0">
      <legend className="text-small text-dim mb-1">{label}</legend>
      <div className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto">
        {choices.map((name) => (
          <label
            key={name}
            className={`rounded-control has-focus-visible:outline-accent inline-flex min-h-7.5 cursor-pointer items-center gap-1.5 border px-2.5 has-focus-visible:outline-2 max-sm:min-h-9 ${chosen.includes(name) ? "border-accent text-ink" : "border-line text-dim hover:border-line-strong"}`}
          >
            <input
              type="checkbox"
              className="accent-accent size-3.5"
              checked={chosen.includes(name)}
              onChange={() => toggle(name)}
            />
            <bdi>{name}</bdi>
          </label>
        ))}
      </div>
      <p className={`text-small mt-0.5 ${error ? "text-critical" : "text-faint"}`}>
        {error ?? (chosen.length === 0 ? none : "")}
      </p>
    </fieldset>
  );
}
