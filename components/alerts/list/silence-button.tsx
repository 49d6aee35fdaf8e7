"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Alert } from "#lib/contracts/alerts.ts";
import { writeMatchers } from "#lib/domain/alerts/label-filter.ts";
import { GuardedButton } from "#components/shell/guarded-button.tsx";

const SilenceDialog = dynamic(() =>
  import("../silences/silence-dialog.tsx").then((module) => module.SilenceDialog),
);

/** Silences this alert, by all of its labels to begin with. */
export function SilenceButton({ alert: { labels } }: { alert: Alert }) {
  const [open, setOpen] = useState(false);
  const matchers = Object.entries(labels).map(([label, value]) => ({
    label,
    operator: "=" as const,
    value,
  }));
  return (
    <>
      <GuardedButton action="alerts:silence" className="max-sm:h-10" onClick={() => setOpen(true)}>
        Silence
      </GuardedButton>
      {open && <SilenceDialog matchers={writeMatchers(matchers)} onClose={() => setOpen(false)} />}
    </>
  );
}
