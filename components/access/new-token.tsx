"use client";

import { Button } from "#components/ui/button.tsx";
import { OnceShown } from "./once-shown.tsx";

/** A token that was just made; its secret cannot be shown again. */
export function NewToken({ secret, onClose }: { secret: string; onClose: () => void }) {
  const curl = `curl -H "Authorization: Bearer ${secret}" ${window.location.origin}/api/v1/me`;
  return (
    <div className="grid gap-3">
      <p className="text-dim max-w-prose">
        Put it where it is needed now: it is not shown again. If it is lost, revoke it and make another one.
      </p>
      <OnceShown label="Token" text={secret} />
      <OnceShown label="Ask Burnline who the token is" text={curl} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
