import { OctagonX } from "lucide-react";
import type { Release } from "#lib/contracts/releases.ts";
import { Told } from "../told.tsx";

/** The loudest line of the page: a running deploy has to stop. */
export function HaltBanner({ release: { haltReason, state } }: { release: Release }) {
  if (haltReason === null) return null;
  const running = state === "deploying";
  return (
    <div
      role={running ? "alert" : undefined}
      className="rounded-panel border-exhausted flex items-start gap-3 border-2 px-4 py-3"
    >
      <OctagonX size={20} aria-hidden="true" className="text-exhausted mt-0.5 flex-none" />
      <div className="min-w-0">
        <p className="text-exhausted text-lead font-semibold">
          {running ? "Halt this deploy" : "It was told to halt"}
        </p>
        <p className="break-words">
          <Told>{haltReason}</Told>
        </p>
      </div>
    </div>
  );
}
