import type { NodeState } from "#lib/domain/nodes/node-health.ts";
import type { Pod } from "#lib/domain/nodes/pods.ts";
import type { ServiceState } from "#lib/domain/signals/assess-service.ts";
import type { BudgetBrief } from "#lib/domain/slo/status/budget-brief.ts";
import { budgetFindings } from "./budget-findings.ts";
import { type RankedFinding, rankFindings } from "./finding.ts";
import { noDataFindings } from "./no-data-findings.ts";
import { nodeFindings } from "./node-findings.ts";
import { podFindings } from "./pod-findings.ts";
import { serviceFindings, type TroubleFacts } from "./service-findings.ts";
import { sourceFindings, type SourceState } from "./source-findings.ts";

/** All that is known of the cluster; a list is null when it could not be measured. */
export interface ClusterState {
  services: readonly ServiceState[] | null;
  nodes: readonly NodeState[] | null;
  pods: readonly Pod[] | null;
  /** The SLOs of user journeys. */
  journeys: readonly BudgetBrief[];
  sources: readonly SourceState[];
  troubles: TroubleFacts;
}

/** What needs attention, most pressing first, 20 at most. */
export function clusterFindings(state: ClusterState): RankedFinding[] {
  const { services, nodes, pods } = state;
  return rankFindings([
    ...sourceFindings(state.sources),
    ...(services ?? []).flatMap((service) => serviceFindings(service, state.troubles)),
    ...(nodes ?? []).flatMap((node) =>
      nodeFindings(
        node,
        (pods ?? []).filter((pod) => pod.node === node.name),
      ),
    ),
    ...podFindings(pods ?? []),
    ...allBudgetFindings(state),
    ...noDataFindings(services ?? [], nodes ?? []),
  ]);
}

function allBudgetFindings({ services, nodes, journeys }: ClusterState): RankedFinding[] {
  return [
    ...(services ?? []).flatMap(({ name, budgets }) => budgetFindings({ kind: "service", name }, budgets)),
    ...(nodes ?? []).flatMap(({ name, budgets }) => budgetFindings({ kind: "node", name }, budgets)),
    ...journeys.flatMap((journey) => budgetFindings({ kind: "journey", name: journey.name }, [journey])),
  ];
}
