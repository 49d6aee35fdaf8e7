import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { type PatchRole, RoleEntry } from "#lib/contracts/access.ts";
import { fetchJson } from "./fetch-json.ts";

const PATH = "/api/v1/roles";
const FRESH_MS = 30_000;

/** What each role may do, and what confines it. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => fetchJson(z.object({ roles: z.array(RoleEntry) }), PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Confines a role. Throws a ProblemError: `conflict` carries the role as it is now. */
export function patchRole({ role, ...patch }: PatchRole): Promise<RoleEntry> {
  return fetchJson(RoleEntry, `${PATH}/${role}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(patch),
  });
}
