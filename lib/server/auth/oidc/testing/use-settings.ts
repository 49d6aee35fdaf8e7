import "server-only";
import { parseSettings } from "#lib/server/env.ts";

/** Puts the settings of an environment in force for this process. */
export function useSettings(environment: Record<string, string>): void {
  const store = globalThis as unknown as Record<symbol, { value: unknown }>;
  store[Symbol.for("burnline.settings")] = { value: parseSettings(environment) };
}
