import "server-only";
import type { SloFolder } from "#lib/contracts/slo-code.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { singleton } from "#lib/server/singleton.ts";

/** How the watched folder stands, as this process saw it last. */
export function folderState(): { current: SloFolder } {
  return singleton("slos.folder", () => ({
    current: {
      folder: null,
      checkedAt: null,
      appliedAt: null,
      files: 0,
      slos: 0,
      problems: [],
      warnings: [],
    },
  }));
}

/** How the folder stands that is the source of the SLOs of files. */
export async function readSloFolder(actor: Actor): Promise<SloFolder> {
  authorize(actor, "slos:read");
  return Promise.resolve(folderState().current);
}
