"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { removeSecondFactor, startSecondFactor } from "#lib/client/account.queries.ts";
import type { SecondFactorStart } from "#lib/contracts/access.ts";
import { StatusIcon } from "#components/shell/status.tsx";
import { ConfirmPasswordForm } from "./confirm-password-form.tsx";

const SecondFactorSetUp = dynamic(() =>
  import("./second-factor-set-up.tsx").then((module) => module.SecondFactorSetUp),
);

/** Sets up an authenticator, or takes it away again; both ask for the password. */
export function SecondFactorPanel({ initiallyOn }: { initiallyOn: boolean }) {
  const [on, setOn] = useState(initiallyOn);
  const [start, setStart] = useState<SecondFactorStart | null>(null);
  const router = useRouter();
  const finish = (nowOn: boolean) => {
    setStart(null);
    setOn(nowOn);
    router.refresh();
  };
  if (start !== null)
    return (
      <SecondFactorSetUp start={start} onConfirmed={() => finish(true)} onCancel={() => setStart(null)} />
    );
  return (
    <div className="grid max-w-90 gap-3">
      <p className="flex items-center gap-2" role="status">
        <StatusIcon status={on ? "healthy" : "no_data"} />
        {on ? "An authenticator is set up." : "No authenticator is set up."}
      </p>
      {on ? (
        <ConfirmPasswordForm
          key="remove"
          button="Remove the authenticator"
          send={async (password) => {
            await removeSecondFactor(password);
            finish(false);
          }}
        />
      ) : (
        <ConfirmPasswordForm
          key="start"
          button="Set up an authenticator"
          send={async (password) => setStart(await startSecondFactor(password))}
        />
      )}
    </div>
  );
}
