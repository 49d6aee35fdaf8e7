"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";
import { ClosedTrigger, type Trigger } from "./closed-trigger.tsx";
import type { MenuItemProps } from "./radix-menu.tsx";

// Every page has menus and few are ever opened: what opens them stays out of the first load.
const load = () => import("./radix-menu.tsx");
const RadixMenu = lazy(() => load().then((module) => ({ default: module.RadixMenu })));
const RadixMenuItem = lazy(() => load().then((module) => ({ default: module.RadixMenuItem })));

interface MenuProps {
  trigger: Trigger;
  children: ReactNode;
}

/** A menu of actions under one focusable `trigger`. */
export function Menu({ trigger, children }: MenuProps) {
  const [used, setUsed] = useState(false);
  const closed = (
    <ClosedTrigger trigger={trigger} opens="menu" onNear={() => void load()} onOpen={() => setUsed(true)} />
  );
  if (!used) return closed;
  return (
    <Suspense fallback={closed}>
      <RadixMenu trigger={trigger}>{children}</RadixMenu>
    </Suspense>
  );
}

/** One action of a Menu. */
export function MenuItem(props: MenuItemProps) {
  return <RadixMenuItem {...props} />;
}
