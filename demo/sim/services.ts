import type { ServiceKind, Tier } from "#lib/contracts/cluster.ts";
import { GIB, type NodeName } from "./nodes.ts";

export interface RouteSpec {
  method: string;
  route: string;
  /** Part of the service's requests. */
  share: number;
  /** Its median duration, before load. */
  medianSeconds: number;
  /** Errors of the business (a card declined), as a ratio of requests, with the status they answer with. */
  business?: { errorType: string; status: string; ratio: number }[];
}

export interface ServiceSpec {
  name: string;
  tier: Tier;
  kind: ServiceKind;
  team: string;
  namespace: "prod" | "data";
  nodes: NodeName[];
  dependencies: string[];
  /** Weekly mean over all its pods. */
  requestsPerSecond: number;
  /** Depth of the daily wave of its traffic. */
  swing: number;
  /** 5xx over all requests on a calm day. */
  errorRatio: number;
  /** 4xx over all requests. */
  clientErrorRatio: number;
  cpuSecondsPerRequest: number;
  memoryBytes: number;
  memoryLimitBytes: number;
  cpuRequestCores: number;
  version: string;
  routes: RouteSpec[];
}

export const SERVICES: readonly ServiceSpec[] = [
  {
    name: "checkout",
    tier: "critical",
    kind: "api",
    team: "payments",
    namespace: "prod",
    nodes: ["ai1", "ai2"],
    dependencies: ["auth", "inference-gateway"],
    requestsPerSecond: 42,
    swing: 0.55,
    errorRatio: 0.000_05,
    clientErrorRatio: 0.006,
    cpuSecondsPerRequest: 0.009,
    memoryBytes: 0.62 * GIB,
    memoryLimitBytes: GIB,
    cpuRequestCores: 0.5,
    version: "2.13.2",
    routes: [
      {
        method: "POST",
        route: "/pay",
        share: 0.4,
        medianSeconds: 0.018,
        business: [
          { errorType: "payment_declined", status: "402", ratio: 0.021 },
          { errorType: "out_of_stock", status: "409", ratio: 0.004 },
        ],
      },
      { method: "GET", route: "/cart", share: 0.6, medianSeconds: 0.012 },
    ],
  },
  {
    name: "auth",
    tier: "critical",
    kind: "api",
    team: "identity",
    namespace: "prod",
    nodes: ["ai1", "ai2"],
    dependencies: [],
    requestsPerSecond: 88,
    swing: 0.5,
    errorRatio: 0.000_04,
    clientErrorRatio: 0.011,
    cpuSecondsPerRequest: 0.003,
    memoryBytes: 0.3 * GIB,
    memoryLimitBytes: 0.5 * GIB,
    cpuRequestCores: 0.25,
    version: "5.4.1",
    routes: [
      {
        method: "POST",
        route: "/login",
        share: 0.2,
        medianSeconds: 0.019,
        business: [{ errorType: "invalid_credentials", status: "401", ratio: 0.034 }],
      },
      { method: "GET", route: "/session", share: 0.8, medianSeconds: 0.008 },
    ],
  },
  {
    name: "inference-gateway",
    tier: "essential",
    kind: "api",
    team: "ml-platform",
    namespace: "prod",
    nodes: ["ai1", "ai2"],
    dependencies: ["auth", "media-store"],
    requestsPerSecond: 18,
    swing: 0.45,
    errorRatio: 0.000_3,
    clientErrorRatio: 0.009,
    cpuSecondsPerRequest: 0.03,
    memoryBytes: 5 * GIB,
    memoryLimitBytes: 34 * GIB,
    cpuRequestCores: 1,
    version: "1.31.0",
    routes: [
      { method: "POST", route: "/v1/completions", share: 0.45, medianSeconds: 0.098 },
      { method: "POST", route: "/v1/embeddings", share: 0.55, medianSeconds: 0.045 },
    ],
  },
  {
    name: "search",
    tier: "essential",
    kind: "api",
    team: "discovery",
    namespace: "prod",
    nodes: ["ai1", "ai2"],
    dependencies: ["inference-gateway"],
    requestsPerSecond: 36,
    swing: 0.5,
    errorRatio: 0.000_15,
    clientErrorRatio: 0.004,
    cpuSecondsPerRequest: 0.008,
    memoryBytes: 1.7 * GIB,
    memoryLimitBytes: 3 * GIB,
    cpuRequestCores: 0.5,
    version: "3.8.0",
    routes: [
      { method: "GET", route: "/search", share: 0.55, medianSeconds: 0.07 },
      { method: "GET", route: "/suggest", share: 0.45, medianSeconds: 0.022 },
    ],
  },
  {
    name: "web",
    tier: "essential",
    kind: "web",
    team: "storefront",
    namespace: "prod",
    nodes: ["ai1", "ai2"],
    dependencies: ["checkout", "auth", "search", "media-store"],
    requestsPerSecond: 74,
    swing: 0.55,
    errorRatio: 0.000_12,
    clientErrorRatio: 0.018,
    cpuSecondsPerRequest: 0.005,
    memoryBytes: 0.5 * GIB,
    memoryLimitBytes: GIB,
    cpuRequestCores: 0.25,
    version: "7.2.0",
    routes: [
      { method: "GET", route: "/", share: 0.45, medianSeconds: 0.06 },
      { method: "GET", route: "/product", share: 0.48, medianSeconds: 0.075 },
      { method: "GET", route: "/health", share: 0.07, medianSeconds: 0.002 },
    ],
  },
  {
    name: "reporting",
    tier: "standard",
    kind: "api",
    team: "finance",
    namespace: "prod",
    nodes: ["ai2"],
    dependencies: ["checkout", "media-store"],
    requestsPerSecond: 0.012,
    swing: 0.8,
    errorRatio: 0.000_9,
    clientErrorRatio: 0.012,
    cpuSecondsPerRequest: 0.4,
    memoryBytes: 0.4 * GIB,
    memoryLimitBytes: GIB,
    cpuRequestCores: 0.1,
    version: "0.19.4",
    routes: [{ method: "GET", route: "/reports", share: 1, medianSeconds: 0.19 }],
  },
  {
    name: "media-store",
    tier: "standard",
    kind: "api",
    team: "storage",
    namespace: "data",
    nodes: ["nas1"],
    dependencies: [],
    requestsPerSecond: 22,
    swing: 0.4,
    errorRatio: 0.000_8,
    clientErrorRatio: 0.013,
    cpuSecondsPerRequest: 0.012,
    memoryBytes: 1.1 * GIB,
    memoryLimitBytes: 2 * GIB,
    cpuRequestCores: 0.5,
    version: "4.0.7",
    routes: [
      { method: "GET", route: "/media", share: 0.88, medianSeconds: 0.09 },
      { method: "PUT", route: "/media", share: 0.12, medianSeconds: 0.19 },
    ],
  },
  {
    name: "backup",
    tier: "best_effort",
    kind: "batch",
    team: "storage",
    namespace: "data",
    nodes: ["nas1"],
    dependencies: ["media-store"],
    requestsPerSecond: 0,
    swing: 0,
    errorRatio: 0,
    clientErrorRatio: 0,
    cpuSecondsPerRequest: 0,
    memoryBytes: 0.8 * GIB,
    memoryLimitBytes: 2 * GIB,
    cpuRequestCores: 0.2,
    version: "1.6.3",
    routes: [],
  },
];
