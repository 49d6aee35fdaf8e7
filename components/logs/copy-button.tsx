"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";

/** Copies a text, and says so, or that the browser forbids it. */
export function CopyButton({ text, children }: { text: string | (() => string); children: string }) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  const Icon = outcome === "copied" ? Check : Copy;
  const words = { copied: "Copied", refused: "The browser forbids copying" };
  return (
    <Button onClick={() => void copy()}>
      <Icon size={13} aria-hidden="true" />
      <span aria-live="polite">{outcome === null ? children : words[outcome]}</span>
    </Button>
  );
}
