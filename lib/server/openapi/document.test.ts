import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { API_ROUTES } from "#lib/contracts/api.ts";
import { openapiDocument } from "./document.ts";

const root = path.resolve(import.meta.dirname, "../../..");
/** Answered by server.ts itself, not by a route file. */
const HOT = [
  "GET /api/v1/logs/tail",
  "GET /api/v1/stream",
  "POST /api/v1/panels",
  "POST /api/webhooks/alertmanager",
];
/** Answers to unknown addresses, and where an issuer sends people back to. */
const UNLISTED = [
  "GET /api/auth/callback/oidc",
  ...["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => `${method} /api/{...unknown}`),
];

function handlersInFiles(): string[] {
  return globSync("app/api/**/route.ts", { cwd: root }).flatMap((file) => {
    const address = `/${path.dirname(file)}`.replace(/^\/app/, "").replaceAll(/\[([^\]]+)\]/g, "{$1}");
    const text = readFileSync(path.join(root, file), "utf8");
    return [...text.matchAll(/export (?:const|async function|function) (GET|POST|PATCH|PUT|DELETE)\b/g)].map(
      ([, method]) => `${method} ${address}`,
    );
  });
}

describe("the API's table", () => {
  it("names every handler there is, and no other", () => {
    const listed = API_ROUTES.map((route) => `${route.method} ${route.path}`);
    expect([...handlersInFiles(), ...HOT].sort()).toEqual([...listed, ...UNLISTED].sort());
  });

  it.each(["GET", "POST", "PUT", "PATCH", "DELETE"] as const)(
    "ends in a problem for any other %s",
    async (method) => {
      const routes = await import("../../../app/api/[...unknown]/route.ts");
      const body = method === "GET" ? null : "not JSON";
      const request = new Request("http://localhost/api/v1/nope", { method, body });
      const response = await routes[method](request, {
        params: Promise.resolve({ unknown: ["v1", "nope"] }),
      });
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.json()).toMatchObject({ code: "not_found" });
    },
  );

  it("becomes an OpenAPI document with parameters and bodies in their places", () => {
    const { paths } = openapiDocument() as { paths: Record<string, Record<string, unknown>> };
    expect(paths["/api/v1/services"]?.get).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: "q", in: "query", required: false }),
      ]),
    });
    const patch = paths["/api/v1/services/{service}"]?.patch as {
      parameters: unknown[];
      requestBody: {
        content: { "application/json": { schema: { properties: object; required: string[] } } };
      };
    };
    expect(patch.parameters).toEqual([
      expect.objectContaining({ name: "service", in: "path", required: true }),
    ]);
    const schema = patch.requestBody.content["application/json"].schema;
    expect(Object.keys(schema.properties)).not.toContain("service");
    expect(schema.required).toEqual(["version"]);
  });
});
