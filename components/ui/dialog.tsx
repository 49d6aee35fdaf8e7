"use client";

import { lazy, Suspense, useState } from "react";
import type { DialogProps } from "./radix-dialog.tsx";

// As for menus: most pages have dialogs that nobody opens.
const RadixDialog = lazy(() =>
  import("./radix-dialog.tsx").then((module) => ({ default: module.RadixDialog })),
);

/** A modal dialog that scrolls inside itself and fills the width of a phone. */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense>
      <RadixDialog {...props} />
    </Suspense>
  );
}
