"use client";

import { DropdownMenu as Radix } from "radix-ui";
import { createContext, type ReactNode, use, useMemo, useRef } from "react";

export interface MenuItemProps {
  onSelect: () => void;
  /** Marks the choice in force among several. */
  checked?: boolean;
  children: ReactNode;
}

type Action = () => void;

/** Holds what was chosen until the trigger has the focus again: a dialog gives it back to where it was. */
const AfterClosing = createContext<(action: Action) => void>((action) => action());

/** The menu itself, open from the start: it is fetched when somebody first opens it. */
export function RadixMenu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  const chosen = useRef<Action>(null);
  const hold = useMemo(() => (action: Action) => void (chosen.current = action), []);
  const act = () => {
    const action = chosen.current;
    chosen.current = null;
    if (action) setTimeout(action);
  };
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={act}
          className="rounded-panel border-line bg-panel shadow-overlay z-40 min-w-44 border p-1"
        >
          <AfterClosing value={hold}>{children}</AfterClosing>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** One action of a menu. */
export function RadixMenuItem({ onSelect, checked, children }: MenuItemProps) {
  const hold = use(AfterClosing);
  const select = () => hold(onSelect);
  const className =
    "flex items-center gap-2 rounded-control px-2 py-1.5 text-dim outline-none select-none data-highlighted:bg-raised data-highlighted:text-ink data-[state=checked]:text-ink";
  if (checked === undefined) {
    return (
      <Radix.Item onSelect={select} className={className}>
        {children}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem checked={checked} onSelect={select} className={className}>
      {children}
      <Radix.ItemIndicator className="text-accent ml-auto pl-3">✓</Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}
