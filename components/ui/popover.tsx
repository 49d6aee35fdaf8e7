"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { ClosedTrigger, type Trigger } from "./closed-trigger.tsx";

// As for menus: what opens them stays out of the first load.
const load = () => import("./radix-popover.tsx");
const RadixPopover = lazy(() => load().then((module) => ({ default: module.RadixPopover })));

export interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: Trigger;
  label: string;
  children: ReactNode;
}

/** A small panel under the thing that opened it. */
export function Popover(props: PopoverProps) {
  const { open, onOpenChange, trigger } = props;
  const [used, setUsed] = useState(open === true);
  if (open && !used) setUsed(true);
  const onOpen = () => {
    setUsed(true);
    onOpenChange?.(true);
  };
  const closed = (
    <ClosedTrigger trigger={trigger} opens="dialog" onNear={() => void load()} onOpen={onOpen} />
  );
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <RadixPopover {...props} />
    </Suspense>
  );
}
