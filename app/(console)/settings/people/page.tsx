import type { Metadata } from "next";
import { PeoplePanel } from "#components/access/people-panel.tsx";
import { listPeople } from "#lib/server/services/people/list.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "People" };

export default function PeoplePage() {
  return loadSetting(listPeople, (data) => <PeoplePanel initial={data} />);
}
