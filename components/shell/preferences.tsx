"use client";

import { createContext, startTransition, use, useEffect, useState, type ReactNode } from "react";
import { preferenceCookie, type Preferences } from "#lib/client/preferences.ts";

type Choose = <K extends keyof Preferences>(name: K, value: Preferences[K]) => void;
const Context = createContext<{ preferences: Preferences; choose: Choose } | null>(null);

/** Holds what the viewer chose; `initial` comes from the request's cookies, so nothing flashes. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const choose: Choose = (name, value) => {
    document.cookie = preferenceCookie(name, value);
    setPreferences((before) => ({ ...before, [name]: value }));
  };

  const { theme } = preferences;
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  const known = preferences.timeZone;
  useEffect(() => {
    const actual = zoneOfBrowser();
    if (actual === known) return;
    document.cookie = preferenceCookie("timeZone", actual);
    // The browser's zone is an outside fact that only exists after the first paint; all of the page stands on it.
    startTransition(() => setPreferences((before) => ({ ...before, timeZone: actual })));
  }, [known]);

  return <Context value={{ preferences, choose }}>{children}</Context>;
}

/** The viewer's preferences and the way to change one. */
export function usePreferences() {
  const value = use(Context);
  if (!value) throw new Error("usePreferences needs a PreferencesProvider above it");
  return value;
}

/** The zone that this browser is in. The first use of Intl reads all that it knows, which can take 60 ms. */
function zoneOfBrowser(): string {
  return typeof Temporal === "undefined"
    ? Intl.DateTimeFormat().resolvedOptions().timeZone
    : Temporal.Now.timeZoneId();
}
