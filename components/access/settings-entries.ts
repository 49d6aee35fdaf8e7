import { type Action, type Owned, permits, type Principal } from "#lib/domain/access/permissions.ts";

interface SettingsEntry {
  label: string;
  href: string;
  action: Action;
  /** The action is taken on what is the viewer's own. */
  own?: true;
}

/** The settings in the order of their navigation. */
export const SETTINGS: readonly SettingsEntry[] = [
  { label: "Account", href: "/settings/account", action: "account:manage", own: true },
  { label: "People", href: "/settings/people", action: "people:read" },
  { label: "Roles", href: "/settings/roles", action: "roles:read" },
  { label: "Tokens", href: "/settings/tokens", action: "tokens:read" },
  { label: "Sessions", href: "/settings/sessions", action: "sessions:manage" },
  { label: "Notifications", href: "/settings/notifications", action: "notifications:read" },
  { label: "Sources", href: "/settings/sources", action: "sources:read" },
  { label: "Audit", href: "/settings/audit", action: "audit:read" },
];

/** The settings that `principal` may see. */
export function settingsOf(principal: Principal): SettingsEntry[] {
  const self: Owned = { ownerId: principal.id };
  return SETTINGS.filter(({ action, own }) => permits(principal, action, own && self));
}
