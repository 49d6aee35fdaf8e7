"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import type { Preferences } from "#lib/client/preferences.ts";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { usePreferences } from "./preferences.tsx";

export const THEMES = [
  { theme: "system", label: "System", icon: Monitor },
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "light", label: "Light", icon: Sun },
] as const satisfies readonly { theme: Preferences["theme"]; label: string; icon: typeof Sun }[];

/** Chooses dark, light or whatever the system says. */
export function ThemeSwitch() {
  const { preferences, choose } = usePreferences();
  const Icon = THEMES.find(({ theme }) => theme === preferences.theme)?.icon ?? Monitor;
  const trigger = (
    <Button variant="ghost" size="icon" aria-label={`Theme: ${preferences.theme}`} className="max-sm:hidden">
      <Icon size={15} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      {THEMES.map(({ theme, label, icon: Each }) => (
        <MenuItem key={theme} checked={preferences.theme === theme} onSelect={() => choose("theme", theme)}>
          <Each size={14} aria-hidden="true" />
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
