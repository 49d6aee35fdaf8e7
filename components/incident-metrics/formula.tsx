"use client";

import type { ReactNode } from "react";
import { Popover } from "#components/ui/popover.tsx";

/** A figure or a term whose formula is a hover, a focus or a tap away. */
export function Formula({ text, label, children }: { text: string; label: string; children: ReactNode }) {
  const trigger = (
    <button
      type="button"
      title={text}
      className="rounded-chip decoration-faint min-h-6 underline decoration-dotted underline-offset-3"
    >
      {children}
    </button>
  );
  return (
    <Popover trigger={trigger} label={label}>
      <p className="text-dim max-w-80 text-left whitespace-normal">{text}</p>
    </Popover>
  );
}
