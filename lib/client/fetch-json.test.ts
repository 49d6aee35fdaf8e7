import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { fetchJson, fetchOk, ProblemError, problemOf } from "./fetch-json.ts";

const Answer = z.object({ count: z.number() });
const answers = (body: string, init: ResponseInit = {}) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, init)));
afterEach(() => vi.unstubAllGlobals());

test("parses a good answer", async () => {
  answers('{"count":3,"extra":1}');
  expect(await fetchJson(Answer, "/x")).toEqual({ count: 3 });
});

test("a refusal keeps the server's own words", async () => {
  const problem = {
    type: "urn:burnline:error:invalid",
    title: "Some fields are not valid",
    status: 422,
    code: "invalid",
    detail: "range.to: must be later than from",
    errors: [{ path: "range.to", message: "must be later than from" }],
    requestId: "r1",
  };
  answers(JSON.stringify(problem), { status: 422 });
  const error = await fetchJson(Answer, "/x").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect(problemOf(error)).toEqual(problem);
});

test("an answer of another shape says where it differs", async () => {
  answers('{"count":"three"}');
  await expect(fetchJson(Answer, "/x")).rejects.toThrow(/count/);
});

test("an error page without problem details is told by its status", async () => {
  answers("<html>", { status: 502, statusText: "Bad Gateway" });
  const error = await fetchOk("/x", {}).catch((thrown: unknown) => thrown);
  expect(problemOf(error)).toMatchObject({ title: "Burnline answered 502", detail: "Bad Gateway" });
});

test("no answer at all is unavailable", () => {
  expect(problemOf(new TypeError("Failed to fetch"))).toMatchObject({ code: "unavailable", status: 503 });
});
