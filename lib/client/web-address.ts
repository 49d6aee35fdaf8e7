/** The address as a link may carry it: http and https only, null for everything else (`javascript:`, no URL). */
export function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}
