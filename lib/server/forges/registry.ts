import "server-only";
import type { ForgeName } from "#lib/contracts/forges.ts";
import { settings } from "#lib/server/env.ts";
import type { ForgeSettings } from "#lib/server/env-forges.ts";
import { singleton } from "#lib/server/singleton.ts";
import type { Forge } from "./forge.ts";
import { createGitHub } from "./github.ts";
import { createGitLab } from "./gitlab.ts";

/** Each kind of forge; null where the settings do not name it. */
export type Forges = Readonly<Record<ForgeName, Forge | null>>;

export function createForges(from: ForgeSettings | null): Forges {
  return {
    github: from?.github ? createGitHub(from.github) : null,
    gitlab: from?.gitlab ? createGitLab(from.gitlab) : null,
  };
}

/** The forges of the settings. */
export function forges(): Forges {
  return singleton("forges", () => createForges(settings().forges));
}
