import { SettingsSkeleton } from "#components/access/settings-skeleton.tsx";

export default function SettingsLoading() {
  return <SettingsSkeleton />;
}
