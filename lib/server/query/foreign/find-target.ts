import "server-only";
import type { Endpoint, ForeignKind, Target } from "./endpoint.ts";
import { LOKI_ENDPOINTS } from "./loki-endpoints.ts";
import { PROMETHEUS_ENDPOINTS } from "./prometheus-endpoints.ts";

const FOREIGN: readonly { kind: ForeignKind; prefix: string; endpoints: readonly Endpoint[] }[] = [
  { kind: "prometheus", prefix: "/api/prometheus", endpoints: PROMETHEUS_ENDPOINTS },
  { kind: "loki", prefix: "/api/loki", endpoints: LOKI_ENDPOINTS },
];
/** The classic names alone: Prometheus 3 writes others as `U__…`, which is one of these. */
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether a path is for foreign clients, known endpoint or not. */
export function isForeign(path: string): boolean {
  return FOREIGN.some(({ prefix }) => path.startsWith(`${prefix}/`));
}

/** The endpoint of a path as it was sent, never decoded or tidied up: what is not literally listed is not there. */
export function findTarget(path: string): Target | null {
  for (const { kind, prefix, endpoints } of FOREIGN) {
    if (!path.startsWith(`${prefix}/`)) continue;
    const rest = path.slice(prefix.length);
    for (const endpoint of endpoints) {
      const upstreamPath = matched(endpoint.path, rest);
      if (upstreamPath !== null) return { kind, endpoint, upstreamPath };
    }
  }
  return null;
}

function matched(pattern: string, path: string): string | null {
  const [before = "", after] = pattern.split("{name}");
  if (after === undefined) return path === before ? before : null;
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const name = path.slice(before.length, path.length - after.length);
  return LABEL_NAME.test(name) ? `${before}${name}${after}` : null;
}
