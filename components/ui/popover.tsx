"use client";

import { lazy, Suspense, useState } from "react";
import { ClosedTrigger } from "./closed-trigger.tsx";
import type { PopoverProps } from "./radix-popover.tsx";

// As for menus: what opens them stays out of the first load.
const load = () => import("./radix-popover.tsx");
const RadixPopover = lazy(() => load().then((module) => ({ default: module.RadixPopover })));

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
