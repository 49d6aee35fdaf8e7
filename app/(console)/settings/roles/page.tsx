import type { Metadata } from "next";
import { RolesPanel } from "#components/access/roles-panel.tsx";
import { listRoles } from "#lib/server/services/roles/list.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "Roles" };

export default function RolesPage() {
  return loadSetting(listRoles, (data) => <RolesPanel initial={data} />);
}
