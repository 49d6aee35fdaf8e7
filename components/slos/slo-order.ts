import type { SloStatus } from "#lib/contracts/slo-budgets.ts";
import type { Tier } from "#lib/contracts/cluster.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { compareSloStatus } from "#lib/domain/slo/status/axes.ts";

/** What the list is narrowed to; null does not narrow. */
export interface SloFilter {
  q: string;
  status: SloStatus | null;
  tier: Tier | null;
  owner: string | null;
  node: string | null;
  service: string | null;
}

export const SLO_SORTS = ["worst", "name", "budget"] as const;
export type SloSort = (typeof SLO_SORTS)[number];

/** SLOs whose key, description, owner or objectives contain every word of `q` and that match the rest of the filter. */
export function filterSlos(slos: readonly SloEntry[], filter: SloFilter): SloEntry[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  const is = (wanted: string | null, value: string | null) => wanted === null || wanted === value;
  return slos.filter((slo) => {
    const text = [slo.key, slo.description, slo.owner, slo.sli].join(" ").toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      is(filter.status, slo.status) &&
      is(filter.tier, slo.tier) &&
      is(filter.owner, slo.owner) &&
      is(filter.node, slo.node) &&
      is(filter.service, slo.service)
    );
  });
}

const left = ({ worst }: SloEntry) => worst?.budgetRemainingRatio ?? Infinity;
const byName = (a: SloEntry, b: SloEntry) => a.key.localeCompare(b.key, "en", { numeric: true });
const byBudget = (a: SloEntry, b: SloEntry) => {
  // Two unknown budgets are equal; Infinity - Infinity would be no order.
  const [x, y] = [left(a), left(b)];
  return (x === y ? 0 : x - y) || byName(a, b);
};
/** What is not published is not measured, so it is not worse than anything. */
const byDraft = (a: SloEntry, b: SloEntry) => Number(a.version === 0) - Number(b.version === 0);
const COMPARATORS: Record<SloSort, (a: SloEntry, b: SloEntry) => number> = {
  worst: (a, b) => byDraft(a, b) || compareSloStatus(a.status, b.status) || byBudget(a, b),
  name: byName,
  budget: byBudget,
};

/** SLOs of one service, of all nodes, or all journeys. */
export interface SloGroup {
  kind: "service" | "nodes" | "journeys";
  /** The service's name; of the other groups a word. */
  name: string;
  slos: SloEntry[];
}

function placeOf({ service, node }: SloEntry): Pick<SloGroup, "kind" | "name"> {
  if (service !== null) return { kind: "service", name: service };
  return node !== null ? { kind: "nodes", name: "Nodes" } : { kind: "journeys", name: "User journeys" };
}

/** SLOs by service, with nodes and journeys as groups of their own; the group of the first SLO in order is the first. */
export function groupSlos(slos: readonly SloEntry[], sort: SloSort): SloGroup[] {
  const groups = new Map<string, SloGroup>();
  for (const slo of [...slos].sort(COMPARATORS[sort])) {
    const place = placeOf(slo);
    const key = `${place.kind} ${place.name}`;
    const group = groups.get(key) ?? { ...place, slos: [] };
    groups.set(key, group);
    group.slos.push(slo);
  }
  return [...groups.values()];
}

/** The list's answer in a sentence: "2 exhausted, 1 critical · 14 SLOs". */
export function slosInWords(slos: readonly SloEntry[]): string {
  const trouble = (
    ["exhausted", "critical", "warning", "no_data", "no_traffic", "attention"] as const
  ).flatMap((status) => {
    const count = slos.filter((slo) => slo.version > 0 && slo.status === status).length;
    return count === 0 ? [] : [`${count} ${status.replace("_", " ")}`];
  });
  const all = `${slos.length} ${slos.length === 1 ? "SLO" : "SLOs"}`;
  if (trouble.length > 0) return `${trouble.join(", ")} of ${all}`;
  return slos.some(({ version }) => version > 0) ? `${all}, all healthy` : all;
}
