import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { currentOf, fetchJson, fetchOk, localProblem, ProblemError, problemOf } from "./fetch-json.ts";

const asAnswer = () => Promise.resolve(z.object({ count: z.number() }));
const answers = (body: string, init: ResponseInit = {}) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, init)));
afterEach(() => vi.unstubAllGlobals());

test("parses a good answer", async () => {
  answers('{"count":3,"extra":1}');
  expect(await fetchJson(asAnswer, "/x")).toEqual({ count: 3 });
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
  const error = await fetchJson(asAnswer, "/x").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect(problemOf(error)).toEqual(problem);
});

test("an answer of another shape says where it differs", async () => {
  answers('{"count":"three"}');
  await expect(fetchJson(asAnswer, "/x")).rejects.toThrow(/count/);
});

test("an error page without problem details is told by its status", async () => {
  answers("<html>", { status: 502, statusText: "Bad Gateway" });
  const error = await fetchOk("/x", {}).catch((thrown: unknown) => thrown);
  expect(problemOf(error)).toMatchObject({ title: "Burnline answered 502", detail: "Bad Gateway" });
});

test("no answer at all is unavailable", () => {
  expect(problemOf(new TypeError("Failed to fetch"))).toMatchObject({ code: "unavailable", status: 503 });
});

test("what cannot be read is not changed", async () => {
  const sent = vi.fn(() => Promise.resolve(new Response('{"count":3}')));
  vi.stubGlobal("fetch", sent);
  const missing = () => Promise.reject<z.ZodType>(new Error("no contract"));
  await expect(fetchJson(missing, "/x", { method: "POST" })).rejects.toThrow("no contract");
  expect(sent).not.toHaveBeenCalled();
});

test.each([
  [{ count: 3, extra: 1 }, { count: 3 }],
  [{ count: "three" }, null],
  [undefined, null],
])("of a conflict that carries %j stands %j", async (current, stands) => {
  const conflict = { ...localProblem("internal", "Changed meanwhile", ""), current };
  expect(await currentOf(asAnswer, conflict)).toEqual(stands);
});
