import "server-only";
import { z } from "zod";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { askFor, type Fact, type Questioning } from "./question.ts";

const Status = z.object({
  versionInfo: z.object({ version: z.string() }),
  uptime: z.iso.datetime({ offset: true }),
  cluster: z.object({ status: z.string(), peers: z.array(z.unknown()).default([]) }),
});
type Cluster = z.infer<typeof Status>["cluster"];

function clusterWords({ status, peers }: Cluster): string {
  if (status === "disabled") return "none, it runs alone";
  return `${peers.length} ${peers.length === 1 ? "peer" : "peers"}, ${status}`;
}

/** What an Alertmanager says of itself; its "uptime" is the time it started. */
export async function alertmanagerFacts(
  questioning: Questioning,
): Promise<{ latencyMs: number; facts: Fact[] }> {
  const { data, latencyMs } = await askFor(questioning, "/api/v2/status", Status);
  const upSeconds = Math.max(0, (Date.now() - Date.parse(data.uptime)) / 1000);
  return {
    latencyMs,
    facts: [
      { label: "Version", value: `Alertmanager ${data.versionInfo.version}` },
      { label: "Cluster", value: clusterWords(data.cluster) },
      { label: "Up for", value: writeSeconds(upSeconds) },
    ],
  };
}
