import type { Metadata } from "next";
import { SessionsPanel } from "#components/access/sessions-panel.tsx";
import { listPeople } from "#lib/server/services/people/list.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "Sessions" };

export default function SessionsPage() {
  return loadSetting(listPeople, (data) => <SessionsPanel initial={data} />);
}
