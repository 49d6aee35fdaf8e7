/** Any base that nobody could name; whoever leaves it leads elsewhere. */
const BASE = "http://own.invalid";
/** Browsers drop some of these and read `\` as `/`: what is left may name another host. */
const TREACHEROUS = /[\p{Cc}\\]/u;

/**
 * A path of ours to go on to after signing in, as a link may carry it; null for everything that leads to
 * another host, in whatever disguise, and for what is no page.
 */
export function ownPath(text: string | null | undefined): string | null {
  if (!text?.startsWith("/") || TREACHEROUS.test(text)) return null;
  const url = URL.parse(text, BASE);
  if (url?.origin !== BASE) return null;
  const { pathname, search, hash } = url;
  const isPage = !/^\/(api|_next)(\/|$)/.test(pathname);
  // `/.//elsewhere` becomes `//elsewhere` once its dots are resolved.
  return isPage && !pathname.startsWith("//") ? pathname + search + hash : null;
}
