"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button.tsx";

interface RemoveButtonProps {
  /** What is taken out: "Tier critical". */
  what: string;
  onRemove: () => void;
}

/** Takes a row out of the policy that is tried. */
export function RemoveButton({ what, onRemove }: RemoveButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="max-sm:size-9"
      aria-label={`Remove ${what}`}
      onClick={onRemove}
    >
      <X size={14} aria-hidden="true" />
    </Button>
  );
}
