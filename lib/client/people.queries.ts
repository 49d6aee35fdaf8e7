import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  CreatedPerson,
  CreatePerson,
  PatchPerson,
  Person,
  ResetPassword,
} from "#lib/contracts/access.ts";
import type { Done } from "#lib/contracts/access-routes.ts";
import { fetchJson } from "./fetch-json.ts";

const asCreatedPerson = async () => (await import("#lib/contracts/access.ts")).CreatedPerson;
const asDone = async () => (await import("#lib/contracts/access-routes.ts")).Done;
const asPeopleAnswer = async () => (await import("#lib/contracts/access-routes.ts")).PeopleAnswer;
const asPerson = async () => (await import("#lib/contracts/access.ts")).Person;
const asResetPassword = async () => (await import("#lib/contracts/access.ts")).ResetPassword;
const asSessionsAnswer = async () => (await import("#lib/contracts/access-routes.ts")).SessionsAnswer;

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
  queryFn: ({ signal }) => fetchJson(asPeopleAnswer, PATH, { signal }),
  staleTime: FRESH_MS,
});

/** Somebody's sessions. */
export function personSessionsQuery(id: string) {
  return queryOptions({
    queryKey: ["people", id, "sessions"],
    queryFn: ({ signal }) => fetchJson(asSessionsAnswer, `${pathOf(id)}/sessions`, { signal }),
    staleTime: FRESH_MS,
  });
}

/** Gives somebody an account; the answer alone has the first password. Throws a ProblemError. */
export function createPerson(person: CreatePerson): Promise<z.infer<typeof CreatedPerson>> {
  return fetchJson(asCreatedPerson, PATH, withBody("POST", person));
}

/** Changes a person. Throws a ProblemError: `conflict` carries the person as they are now. */
export function patchPerson({ person, ...patch }: PatchPerson): Promise<Person> {
  return fetchJson(asPerson, pathOf(person), withBody("PATCH", patch));
}

/** Gives a new first password, which the answer alone has; all sessions end. Throws a ProblemError. */
export function resetPassword(id: string): Promise<z.infer<typeof ResetPassword>> {
  return fetchJson(asResetPassword, `${pathOf(id)}/password`, withBody("POST", {}));
}

/** Ends all of somebody's sessions. Throws a ProblemError. */
export function endSessions(id: string): Promise<Done> {
  return fetchJson(asDone, `${pathOf(id)}/sessions`, { method: "DELETE" });
}

/** Erases a person for good. Throws a ProblemError. */
export function erasePerson(id: string): Promise<Done> {
  return fetchJson(asDone, pathOf(id), { method: "DELETE" });
}
