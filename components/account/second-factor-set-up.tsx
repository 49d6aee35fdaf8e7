"use client";

import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { confirmSecondFactor } from "#lib/client/account.queries.ts";
import type { SecondFactorStart } from "#lib/contracts/access.ts";
import { Button } from "#components/ui/button.tsx";
import { FormProblem, SubmitButton, TextField } from "./form-parts.tsx";
import { useContractForm } from "./use-contract-form.ts";

const asSecondFactorCode = async () => (await import("#lib/contracts/access.ts")).SecondFactorCode;

interface SecondFactorSetUpProps {
  start: SecondFactorStart;
  onConfirmed: () => void;
  onCancel: () => void;
}

const QR_PX = 168;
const WORDS = { code: "has six digits" };

/** Shows once what an authenticator needs, and asks for its first code. */
export function SecondFactorSetUp({ start, onConfirmed, onCancel }: SecondFactorSetUpProps) {
  const { register, submit, problem, messageOf, isSubmitting } = useContractForm({
    contract: asSecondFactorCode,
    empty: { code: "" },
    words: WORDS,
    send: async ({ code }) => {
      await confirmSecondFactor(code);
      onConfirmed();
    },
  });
  const secret = new URL(start.uri).searchParams.get("secret") ?? "";
  return (
    <ol className="grid max-w-120 list-decimal gap-5 pl-5">
      <li>
        <p className="mb-2">Scan this with your authenticator app, or type the key.</p>
        {/* Black on white in both themes: cameras need the contrast. */}
        <QRCodeSVG
          value={start.uri}
          size={QR_PX}
          marginSize={4}
          title="QR code for your authenticator app"
          className="rounded-control border-line border"
        />
        <p className="text-small mt-2 font-mono break-all select-all">{secret}</p>
      </li>
      <li>
        <p className="mb-2">
          Keep these backup codes where your phone is not. Each signs you in once, and they are shown only
          now.
        </p>
        <BackupCodes codes={start.backupCodes} />
      </li>
      <li>
        <p className="mb-2">Type the code the app shows now.</p>
        <form onSubmit={(event) => void submit(event)} noValidate className="grid max-w-90 gap-2">
          <TextField
            label="Code"
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            error={messageOf("code")}
            {...register("code")}
          />
          <FormProblem problem={problem} />
          <SubmitButton busy={isSubmitting}>Ask for a code from now on</SubmitButton>
          <Button variant="ghost" onClick={onCancel} className="h-9 w-full justify-center max-sm:h-11">
            Cancel
          </Button>
        </form>
      </li>
    </ol>
  );
}

function BackupCodes({ codes }: { codes: readonly string[] }) {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true));
  return (
    <>
      <ul className="rounded-control border-line bg-raised grid grid-cols-2 gap-x-6 gap-y-1 border px-3 py-2 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-2 flex items-center gap-3">
        <Button onClick={copy}>Copy the codes</Button>
        <span role="status" className="text-dim">
          {copied && "Copied."}
        </span>
      </div>
    </>
  );
}
