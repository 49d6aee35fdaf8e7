import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A one-line text field. The page's filter carries `data-filter`, so that `/` focuses it. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return (
    <input
      className={clsx(
        "rounded-control border-line-strong bg-panel text-ink placeholder:text-faint aria-invalid:border-critical h-7.5 border px-2.5 max-sm:h-9 max-sm:text-[16px]",
        className,
      )}
      {...props}
    />
  );
}
