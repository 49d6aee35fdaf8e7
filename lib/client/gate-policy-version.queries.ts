import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { GatePolicyDocument } from "#lib/contracts/gate-policy.ts";
import { fetchJson } from "./fetch-json.ts";

const Versions = z.object({
  data: z.object({ versions: z.array(z.object({ version: z.int(), document: GatePolicyDocument })) }),
});

/** The policy of a version, which never changes; undefined until it was read. */
export function gatePolicyVersionQuery(version: number) {
  return queryOptions({
    queryKey: ["gate-policy-version", version],
    staleTime: Infinity,
    retry: false,
    queryFn: async ({ signal }) => {
      const { data } = await fetchJson(Versions, "/api/v1/policies/gate/versions", { signal });
      return data.versions.find((one) => one.version === version)?.document ?? null;
    },
  });
}
