"use client";

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import type { Trigger } from "./closed-trigger.tsx";

export interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: Trigger;
  label: string;
  children: ReactNode;
}

/** The popover itself, open from the start: it is fetched when somebody first opens it. */
export function RadixPopover({ open, onOpenChange, trigger, label, children }: PopoverProps) {
  return (
    <Radix.Root open={open} defaultOpen onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="rounded-panel border-line bg-panel shadow-overlay z-40 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] overflow-y-auto border p-3"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
