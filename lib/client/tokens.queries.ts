import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { ApiToken, CreatedToken, CreateToken } from "#lib/contracts/access.ts";
import { fetchJson } from "./fetch-json.ts";

const asApiToken = async () => (await import("#lib/contracts/access.ts")).ApiToken;
const asCreatedToken = async () => (await import("#lib/contracts/access.ts")).CreatedToken;
const asTokensAnswer = async () => (await import("#lib/contracts/access-routes.ts")).TokensAnswer;

const PATH = "/api/v1/tokens";
const FRESH_MS = 30_000;

/** All API tokens, the newest first. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => fetchJson(asTokensAnswer, PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Makes a token; the answer alone has its secret. Throws a ProblemError. */
export function createToken(token: CreateToken): Promise<z.infer<typeof CreatedToken>> {
  return fetchJson(asCreatedToken, PATH, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(token),
  });
}

/** Ends a token for good. Throws a ProblemError. */
export function revokeToken(id: string): Promise<ApiToken> {
  return fetchJson(asApiToken, `${PATH}/${encodeURIComponent(id)}`, { method: "DELETE" });
}
