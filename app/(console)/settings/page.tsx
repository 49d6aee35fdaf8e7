import { redirect } from "next/navigation";
import { settingsOf } from "#components/access/settings-entries.ts";
import { pageActor } from "../page-actor.ts";

export default async function SettingsPage() {
  const [first] = settingsOf(await pageActor());
  redirect(first?.href ?? "/");
}
