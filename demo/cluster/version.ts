export interface Version {
  major: number;
  minor: number;
}

/** The version in the output of `--version`; null when another program of that name answered. */
export function parseVersion(output: string, calledItself: string): Version | null {
  const found = new RegExp(`^${calledItself}, version v?(\\d+)\\.(\\d+)`, "m").exec(output);
  return found ? { major: Number(found[1]), minor: Number(found[2]) } : null;
}

/** True when `version` is `wanted` or newer. */
export function isAtLeast(version: Version, wanted: Version): boolean {
  return version.major > wanted.major || (version.major === wanted.major && version.minor >= wanted.minor);
}
