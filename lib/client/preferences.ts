/** What a viewer chose for this browser. Cookies, so that the server's first paint already has it. */
export interface Preferences {
  theme: "system" | "dark" | "light";
  navigation: "open" | "collapsed";
  /** Seconds between refreshes; 0 is off. */
  refreshSeconds: number;
  /** Single-key shortcuts can be turned off (WCAG 2.1.4). */
  shortcuts: "on" | "off";
  timeZone: string;
}

export const REFRESH_SECONDS = [0, 15, 30, 60, 300];
const PREFIX = "burnline-";

/** Reads preferences from cookies; whatever is missing or unknown gets its default. */
export function parsePreferences(cookie: (name: string) => string | undefined): Preferences {
  const read = (name: keyof Preferences) => cookie(PREFIX + name);
  const theme = read("theme");
  const refreshSeconds = Number(read("refreshSeconds") ?? 15);
  const timeZone = read("timeZone");
  return {
    theme: theme === "dark" || theme === "light" ? theme : "system",
    navigation: read("navigation") === "collapsed" ? "collapsed" : "open",
    refreshSeconds: REFRESH_SECONDS.includes(refreshSeconds) ? refreshSeconds : 15,
    shortcuts: read("shortcuts") === "off" ? "off" : "on",
    timeZone: timeZone !== undefined && isTimeZone(timeZone) ? timeZone : "UTC",
  };
}

/** The `document.cookie` assignment that keeps one preference for a year. */
export function preferenceCookie<K extends keyof Preferences>(name: K, value: Preferences[K]): string {
  return `${PREFIX}${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}
