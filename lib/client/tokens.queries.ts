import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ApiToken, CreatedToken, type CreateToken } from "#lib/contracts/access.ts";
import { fetchJson } from "./fetch-json.ts";

const PATH = "/api/v1/tokens";
const FRESH_MS = 30_000;

/** All API tokens, the newest first. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => fetchJson(z.object({ tokens: z.array(ApiToken) }), PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Makes a token; the answer alone has its secret. Throws a ProblemError. */
export function createToken(token: CreateToken): Promise<z.infer<typeof CreatedToken>> {
  return fetchJson(CreatedToken, PATH, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(token),
  });
}

/** Ends a token for good. Throws a ProblemError. */
export function revokeToken(id: string): Promise<ApiToken> {
  return fetchJson(ApiToken, `${PATH}/${encodeURIComponent(id)}`, { method: "DELETE" });
}
