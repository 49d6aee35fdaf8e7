import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A field for several lines. */
export function TextArea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={clsx(
        "rounded-control border-line-strong bg-panel text-ink placeholder:text-faint aria-invalid:border-critical block border px-2.5 py-1.5 max-sm:text-[16px]",
        className,
      )}
      {...props}
    />
  );
}
