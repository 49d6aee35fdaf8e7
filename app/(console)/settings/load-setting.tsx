import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SettingsRefusal } from "#components/access/settings-refusal.tsx";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError, toProblem } from "#lib/server/errors.ts";
import { pageActor } from "../page-actor.ts";

/** Runs a setting's verb in process, so that its first HTML has the data, or the reason why there is none. */
export async function loadSetting<T>(
  load: (actor: Actor) => Promise<T>,
  draw: (data: T) => ReactNode,
): Promise<ReactNode> {
  const actor = await pageActor();
  const sent = new Headers(await headers());
  const loaded = await load(actor).then(
    (data) => ({ data }),
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return { problem: toProblem(error, sent.get("x-request-id") ?? "") };
    },
  );
  return "data" in loaded ? draw(loaded.data) : <SettingsRefusal problem={loaded.problem} />;
}
