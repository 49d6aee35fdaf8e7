/** A tag as versions are named: 2.14, v2.14.0-rc.1, checkout-2.14.0. */
const VERSION = /^(?:[a-z][\w-]*[-@/])?v?\d+\.\d+[\w.+-]*$/i;
const SHORT_COMMIT = 7;

/** What a deployment's version is called: its tag, or the short hash of its commit where it comes from a branch. */
export function versionOf(ref: string | null, commit: string): string {
  const tag = ref?.startsWith("refs/tags/") ? ref.slice("refs/tags/".length) : null;
  if (tag) return tag;
  return ref !== null && VERSION.test(ref) ? ref : commit.slice(0, SHORT_COMMIT).toLowerCase();
}
