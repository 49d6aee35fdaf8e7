import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "./fetch-json.ts";

const Named = z.array(z.object({ name: z.string() }));
const ServiceNames = z.object({ data: z.object({ services: Named }) });
const NodeNames = z.object({ data: z.object({ nodes: Named }) });

/** The names of all services, for the command palette. */
export function serviceNames() {
  return queryOptions({
    queryKey: ["service-names"],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const answer = await fetchJson(ServiceNames, "/api/v1/services", { signal });
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
      const answer = await fetchJson(NodeNames, "/api/v1/nodes", { signal });
      return answer.data.nodes.map((node) => node.name);
    },
  });
}
