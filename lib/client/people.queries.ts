import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  CreatedPerson,
  type CreatePerson,
  type PatchPerson,
  Person,
  ResetPassword,
  Session,
} from "#lib/contracts/access.ts";
import { Done } from "#lib/contracts/access-routes.ts";
import { fetchJson } from "./fetch-json.ts";

const PATH = "/api/v1/people";
const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`;
const FRESH_MS = 30_000;

const withBody = (method: string, body: object): RequestInit => ({
  method,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Everybody with an account. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => fetchJson(z.object({ people: z.array(Person) }), PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Somebody's sessions. */
export function personSessionsQuery(id: string) {
  return queryOptions({
    queryKey: ["people", id, "sessions"],
    queryFn: ({ signal }) =>
      fetchJson(z.object({ sessions: z.array(Session) }), `${pathOf(id)}/sessions`, { signal }),
    staleTime: FRESH_MS,
  });
}

/** Gives somebody an account; the answer alone has the first password. Throws a ProblemError. */
export function createPerson(person: CreatePerson): Promise<z.infer<typeof CreatedPerson>> {
  return fetchJson(CreatedPerson, PATH, withBody("POST", person));
}

/** Changes a person. Throws a ProblemError: `conflict` carries the person as they are now. */
export function patchPerson({ person, ...patch }: PatchPerson): Promise<Person> {
  return fetchJson(Person, pathOf(person), withBody("PATCH", patch));
}

/** Gives a new first password, which the answer alone has; all sessions end. Throws a ProblemError. */
export function resetPassword(id: string): Promise<z.infer<typeof ResetPassword>> {
  return fetchJson(ResetPassword, `${pathOf(id)}/password`, withBody("POST", {}));
}

/** Ends all of somebody's sessions. Throws a ProblemError. */
export function endSessions(id: string): Promise<Done> {
  return fetchJson(Done, `${pathOf(id)}/sessions`, { method: "DELETE" });
}

/** Erases a person for good. Throws a ProblemError. */
export function erasePerson(id: string): Promise<Done> {
  return fetchJson(Done, pathOf(id), { method: "DELETE" });
}
