import type { Metadata } from "next";
import { TokensPanel } from "#components/access/tokens-panel.tsx";
import { listTokens } from "#lib/server/services/tokens/list.ts";
import { loadSetting } from "../load-setting.tsx";

export const metadata: Metadata = { title: "Tokens" };

export default function TokensPage() {
  return loadSetting(listTokens, (data) => <TokensPanel initial={data} />);
}
