import { queryOptions } from "@tanstack/react-query";
import type { PatchRole, RoleEntry } from "#lib/contracts/access.ts";
import { fetchJson } from "./fetch-json.ts";

const asRoleEntry = async () => (await import("#lib/contracts/access.ts")).RoleEntry;
const asRolesAnswer = async () => (await import("#lib/contracts/access-routes.ts")).RolesAnswer;

const PATH = "/api/v1/roles";
const FRESH_MS = 30_000;

/** What each role may do, and what confines it. */
export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: ({ signal }) => fetchJson(asRolesAnswer, PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Confines a role. Throws a ProblemError: `conflict` carries the role as it is now. */
export function patchRole({ role, ...patch }: PatchRole): Promise<RoleEntry> {
  return fetchJson(asRoleEntry, `${PATH}/${role}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(patch),
  });
}
