import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json.ts";

const asNodeNames = async () => (await import("#lib/contracts/names.ts")).NodeNames;
const asServiceNames = async () => (await import("#lib/contracts/names.ts")).ServiceNames;

/** The names of all services, for the command palette. */
export function serviceNames() {
  return queryOptions({
    queryKey: ["service-names"],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const answer = await fetchJson(asServiceNames, "/api/v1/services", { signal });
      return answer.data.services.map((service) => service.name);
    },
  });
}

/** The names of all nodes, for the command palette. */
export function nodeNames() {
  return queryOptions({
    queryKey: ["node-names"],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const answer = await fetchJson(asNodeNames, "/api/v1/nodes", { signal });
      return answer.data.nodes.map((node) => node.name);
    },
  });
}
