"use client";

import { Check, Copy } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";

interface OnceShownProps {
  label: string;
  text: string;
}

/** A secret that will not be shown again, or a line that holds one, with a way to copy it. */
export function OnceShown({ label, text }: OnceShownProps) {
  const id = useId();
  const shown = useRef<HTMLPreElement>(null);
  const [outcome, setOutcome] = useState<"" | "Copied" | "Selected: copy it with your keyboard">("");

  // Without TLS browsers have no clipboard to write to.
  const select = () => {
    if (shown.current) window.getSelection()?.selectAllChildren(shown.current);
    setOutcome("Selected: copy it with your keyboard");
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied");
    } catch {
      select();
    }
  };
  const Icon = outcome === "Copied" ? Check : Copy;
  return (
    <div>
      <div className="mb-1 flex items-end justify-between gap-3">
        <p id={id} className="text-small text-dim">
          {label}
        </p>
        <span role="status" className="text-small text-dim mr-auto">
          {outcome}
        </span>
        <Button onClick={() => void copy()} aria-label={`Copy: ${label}`}>
          <Icon size={13} aria-hidden="true" />
          Copy
        </Button>
      </div>
      <pre
        ref={shown}
        aria-labelledby={id}
        tabIndex={0}
        className="rounded-control border-line-soft bg-bg border p-3 font-mono text-[12px] break-all whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}
