"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface MenuItemProps {
  onSelect: () => void;
  /** Marks the choice in force among several. */
  checked?: boolean;
  children: ReactNode;
}

/** The menu itself, open from the start: it is fetched when somebody first opens it. */
export function RadixMenu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="rounded-panel border-line bg-panel shadow-overlay z-40 min-w-44 border p-1"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One action of a menu. */
export function RadixMenuItem({ onSelect, checked, children }: MenuItemProps) {
  const className =
    "flex items-center gap-2 rounded-control px-2 py-1.5 text-dim outline-none select-none data-highlighted:bg-raised data-highlighted:text-ink data-[state=checked]:text-ink";
  if (checked === undefined) {
    return (
      <Radix.Item onSelect={onSelect} className={className}>
        {children}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem checked={checked} onSelect={onSelect} className={className}>
      {children}
      <Radix.ItemIndicator className="text-accent ml-auto pl-3">✓</Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}
