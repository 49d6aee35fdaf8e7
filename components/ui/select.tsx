import { clsx } from "clsx";
import type { ComponentProps } from "react";

export interface Choice {
  value: string;
  label: string;
}

/** A choice of one among few, as the browser draws it. */
export function Select({
  choices,
  className,
  ...props
}: ComponentProps<"select"> & { choices: readonly Choice[] }) {
  return (
    <select
      className={clsx(
        "rounded-control border-line-strong bg-panel text-ink aria-invalid:border-critical h-7.5 border px-2 max-sm:h-9 max-sm:text-[16px]",
        className,
      )}
      {...props}
    >
      {choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
