import type { Metadata } from "next";
import { EXPLORE_PAGE } from "#components/explore/explore-spec.ts";
import { settings } from "#lib/server/env.ts";
import { loadPage } from "../load-page.ts";
import { ExploreWithLines } from "./explore-with-lines.tsx";

export const metadata: Metadata = { title: "Explore" };

export default async function Explore() {
  const { lines } = await loadPage(EXPLORE_PAGE, Promise.resolve({}));
  return <ExploreWithLines lamps={lines} traceUrl={settings().traceUrl} />;
}
