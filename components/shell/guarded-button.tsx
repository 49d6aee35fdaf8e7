"use client";

import type { ComponentProps } from "react";
import type { Action } from "#lib/domain/access/permissions.ts";
import { Button } from "#components/ui/button.tsx";
import { useRefusal } from "./me.tsx";

interface GuardedButtonProps extends ComponentProps<typeof Button> {
  action: Action;
}

/**
 * A button for an action that not everybody may take. For whoever may not it stays in reach of the keyboard,
 * does nothing, and says which role is needed.
 */
export function GuardedButton({ action, onClick, className = "", ...props }: GuardedButtonProps) {
  const refused = useRefusal(action);
  if (!refused) return <Button onClick={onClick} className={className} {...props} />;
  return (
    <Button
      {...props}
      aria-disabled
      title={refused.detail}
      className={`${className} cursor-not-allowed opacity-50`}
    />
  );
}
