"use client";

import { cloneElement, type HTMLAttributes, type ReactElement } from "react";

/** One focusable element, such as a button. */
export type Trigger = ReactElement<HTMLAttributes<HTMLElement>>;

interface ClosedTriggerProps {
  trigger: Trigger;
  opens: "menu" | "dialog";
  /** Fetches what it opens: somebody is about to. */
  onNear: () => void;
  onOpen: () => void;
}

/** What opens a menu or a popover, before that was ever opened. */
export function ClosedTrigger({ trigger, opens, onNear, onOpen }: ClosedTriggerProps) {
  return cloneElement(trigger, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    onPointerEnter: onNear,
    onFocus: onNear,
    onClick: onOpen,
    onKeyDown: (event) => {
      if (opens !== "menu" || event.key !== "ArrowDown") return;
      event.preventDefault();
      onOpen();
    },
  });
}
