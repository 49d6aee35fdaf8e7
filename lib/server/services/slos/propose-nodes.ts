import "server-only";
import { nodeNamer } from "#lib/domain/nodes/node-names.ts";
import { nodeIdentities } from "#lib/domain/nodes/node-queries.ts";
import { type ProposedNode, nodeCandidates } from "#lib/domain/slo/propose/node-candidates.ts";
import type { Candidate } from "#lib/domain/slo/propose/service-candidates.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

/** The nodes whose exporter is scraped, by name. */
async function findNodes(context: QueryContext): Promise<ProposedNode[]> {
  const { data } = await queryPlane().instant(context, { expr: nodeIdentities() });
  const nameOf = nodeNamer(data);
  const found = new Map<string, { instances: Set<string>; jobs: Set<string> }>();
  for (const { labels } of data.filter((one) => one.labels.figure === "exporter")) {
    const name = nameOf(labels);
    if (name === null) continue;
    const node = found.get(name) ?? { instances: new Set(), jobs: new Set() };
    found.set(name, node);
    if (labels.instance) node.instances.add(labels.instance);
    if (labels.job) node.jobs.add(labels.job);
  }
  return [...found]
    .map(([name, { instances, jobs }]) => ({
      name,
      instances: [...instances].sort(),
      jobs: [...jobs].sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The candidates of all nodes, or of one. */
export async function proposeNodes(context: QueryContext, node: string | undefined): Promise<Candidate[]> {
  const nodes = await findNodes(context);
  return nodes.filter(({ name }) => node === undefined || name === node).flatMap(nodeCandidates);
}
