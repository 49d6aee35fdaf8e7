import "server-only";
import { settings, type SourceKindSetting, type SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";

/** All configured sources of a kind, in the order of the settings. */
export function sourcesOf(
  kind: SourceKindSetting,
  configured: readonly SourceSettings[] = settings().sources,
): SourceSettings[] {
  return configured.filter((source) => source.kind === kind);
}

/**
 * The source of a kind by its name; without a name the one called `default`, else the first.
 * @throws AppError `unavailable` when none is configured, `invalid` naming `source` when the name is unknown.
 */
export function findSource(
  kind: SourceKindSetting,
  name?: string,
  configured: readonly SourceSettings[] = settings().sources,
): SourceSettings {
  const candidates = sourcesOf(kind, configured);
  const first = candidates[0];
  if (!first) {
    const setting = `${kind.toUpperCase()}_URL`;
    throw new AppError("unavailable", `no ${kind} source is configured; set ${setting} or BURNLINE_SOURCES`);
  }
  const found = candidates.find((source) => source.name === (name ?? "default"));
  if (found) return found;
  if (name === undefined) return first;
  const known = candidates.map((source) => source.name).join(", ");
  const message = `no ${kind} source has this name; known: ${known}`;
  throw new AppError("invalid", message, { fields: [{ path: "source", message }] });
}
