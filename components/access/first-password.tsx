"use client";

import { Button } from "#components/ui/button.tsx";
import { OnceShown } from "./once-shown.tsx";

interface FirstPasswordProps {
  name: string;
  password: string;
  onClose: () => void;
}

/** The password to hand over; it cannot be shown again. */
export function FirstPassword({ name, password, onClose }: FirstPasswordProps) {
  return (
    <div className="grid gap-3">
      <p className="text-dim max-w-prose">
        Hand it to <bdi className="text-ink">{name}</bdi> now: it is not shown again. It must be changed when
        it is first used.
      </p>
      <OnceShown label="First password" text={password} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
