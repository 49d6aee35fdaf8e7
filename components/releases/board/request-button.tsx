"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { GuardedButton } from "#components/shell/guarded-button.tsx";

const RequestDialog = dynamic(() => import("./request-dialog.tsx").then((module) => module.RequestDialog));

/** The way to ask for a release by hand; `service` is what the board is narrowed to. */
export function RequestButton({ service }: { service: string | undefined }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton
        action="releases:write"
        variant="primary"
        className="max-lg:w-full max-lg:justify-center max-sm:h-10"
        onClick={() => setOpen(true)}
      >
        <Plus size={14} aria-hidden="true" />
        Request a release…
      </GuardedButton>
      {open && <RequestDialog service={service} onClose={() => setOpen(false)} />}
    </>
  );
}
