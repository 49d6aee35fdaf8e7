import { clsx } from "clsx";
import type { ComponentProps } from "react";

const VARIANTS = {
  /** Stands on a panel: a hairline and nothing else. */
  outline: "border border-line text-dim hover:border-line-strong hover:text-ink data-[state=open]:text-ink",
  primary: "border border-accent bg-accent font-medium text-accent-ink",
  ghost: "text-faint hover:bg-raised hover:text-ink data-[state=open]:bg-raised data-[state=open]:text-ink",
};
const SIZES = { text: "h-7.5 px-2.5", icon: "size-7.5 justify-center", iconSmall: "size-6 justify-center" };

interface ButtonProps extends ComponentProps<"button"> {
  variant?: keyof typeof VARIANTS;
  size?: keyof typeof SIZES;
}

/** A button; one that shows only an icon needs an `aria-label`. */
export function Button({ variant = "outline", size = "text", className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={clsx(
        "rounded-control inline-flex flex-none items-center gap-1.5 whitespace-nowrap disabled:opacity-50",
        VARIANTS[variant],
        SIZES[size],
        className,
      )}
      {...props}
    />
  );
}
