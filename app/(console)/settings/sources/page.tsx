import type { Metadata } from "next";
import { SourcesPanel } from "#components/sources/sources-panel.tsx";
import { listSources } from "#lib/server/services/sources/list.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "Sources" };

export default function SourcesPage() {
  return loadSetting(listSources, (data) => <SourcesPanel initial={data} />);
}
