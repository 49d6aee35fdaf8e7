import "server-only";
import { z } from "zod";
import { API_ROUTES } from "#lib/contracts/api.ts";
import type { ApiRoute } from "#lib/contracts/api-route.ts";
import { Problem } from "#lib/contracts/problem.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema & {
  properties?: Record<string, unknown>;
  required?: string[];
};

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function parameters(route: ApiRoute): unknown[] {
  const { properties = {}, required = [] } = schemaOf(route.input, "input");
  return Object.entries(properties).flatMap(([name, schema]) => {
    const inPath = route.path.includes(`{${name}}`);
    if (!inPath && route.method !== "GET") return [];
    return [{ name, in: inPath ? "path" : "query", required: inPath || required.includes(name), schema }];
  });
}

function body(route: ApiRoute): object {
  if (route.method === "GET") return {};
  const schema = schemaOf(route.input, "input");
  const inBody = (name: string) => !route.path.includes(`{${name}}`);
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(([name]) => inBody(name)),
  );
  const required = (schema.required ?? []).filter(inBody);
  return {
    requestBody: {
      required: true,
      content: { "application/json": { schema: { ...schema, properties, required } } },
    },
  };
}

function operation(route: ApiRoute): object {
  return {
    summary: route.summary,
    parameters: parameters(route),
    ...body(route),
    responses: {
      200: {
        description: "The answer",
        content: { [route.contentType ?? "application/json"]: { schema: schemaOf(route.output, "output") } },
      },
      default: {
        description: "A problem, with the path of each bad field",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** The OpenAPI 3.1 document of the JSON API, made from the wire contracts. */
export function openapiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of API_ROUTES) (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  return {
    openapi: "3.1.0",
    info: { title: "Burnline", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: { schemas: { Problem: schemaOf(Problem, "output") } },
  };
}
