/** Any origin that nobody has; what resolves against it and stays on it is a path of ours. */
const NOWHERE = "http://own.invalid";

/**
 * `text` as a path of ours, with query and fragment; the start page for anything else. Browsers read `//x`, `/\x` and
 * `/.//x` as another host's address.
 */
export function ownPath(text: string | undefined): string {
  if (!text?.startsWith("/") || !URL.canParse(text, NOWHERE)) return "/";
  const { origin, pathname, search, hash } = new URL(text, NOWHERE);
  return origin === NOWHERE && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
