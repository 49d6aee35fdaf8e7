import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Problem } from "#lib/contracts/problem.ts";
import { AppError, parseInput } from "./errors.ts";
import { handlePublic } from "./handle.ts";

const params = (values: Record<string, string> = {}) => ({ params: Promise.resolve(values) });
const post = (body: string, contentType = "application/json") =>
  new Request("http://localhost/x?name=query", {
    method: "POST",
    body,
    headers: { "content-type": contentType },
  });
const echo = handlePublic(async (input) => input);

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as Problem;
}

describe("handle", () => {
  it("gives the verb path, body and query, the path being strongest", async () => {
    const response = await echo(post('{"name":"body","more":1}'), params({ name: "path" }));
    expect(await response.json()).toEqual({ name: "path", more: 1 });
    expect(await (await echo(new Request("http://localhost/x?q=a"), params())).json()).toEqual({ q: "a" });
  });

  it.each([
    ["{", "application/json", 400, "bad_request"],
    ["[1]", "application/json", 400, "bad_request"],
    ["null", "application/json", 400, "bad_request"],
    ["{}", "application/json-evil", 415, "unsupported_media_type"],
    ["a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
    [JSON.stringify({ a: "x".repeat(1024 * 1024) }), "application/json", 413, "too_large"],
  ])("refuses the body %.20s as %s with %i", async (body, type, status, code) => {
    const response = await echo(post(body, type), params());
    expect(response.status).toBe(status);
    expect((await problemOf(response)).code).toBe(code);
  });

  it("stops reading a body that goes on and on, whatever was announced", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", body: endless, headers, duplex: "half" } as RequestInit;
    const response = await echo(new Request("http://localhost/x", init), params());
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(20);
    const announced = post("{}");
    announced.headers.set("content-length", String(10 ** 9));
    expect((await echo(announced, params())).status).toBe(413);
  });

  it("names each bad field", async () => {
    const schema = z.strictObject({ a: z.array(z.object({ n: z.number() })) });
    const verb = handlePublic(async (input) => parseInput(schema, input));
    const response = await verb(new Request("http://localhost/", { method: "GET" }), params({ b: "1" }));
    expect(response.status).toBe(422);
    expect((await problemOf(response)).errors?.map((error) => error.path)).toEqual(["a", ""]);
  });

  it("carries the current state of a conflict", async () => {
    const verb = handlePublic(async () => {
      throw new AppError("conflict", "edited meanwhile", { current: { version: 3 } });
    });
    const response = await verb(new Request("http://localhost/"), params());
    expect(response.status).toBe(409);
    expect((await problemOf(response)).current).toEqual({ version: 3 });
  });

  it("keeps an unexpected error's words to itself", async () => {
    const verb = handlePublic(async () => {
      throw new Error("password=hunter2");
    });
    const response = await verb(
      new Request("http://localhost/", { headers: { "x-request-id": "r1" } }),
      params(),
    );
    expect(response.status).toBe(500);
    const problem = await problemOf(response);
    expect(problem.requestId).toBe("r1");
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });
});
