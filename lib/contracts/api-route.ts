import type { z } from "zod";
import type { Action } from "#lib/domain/access/permissions.ts";

/** One address of the JSON API. */
export interface ApiRoute {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** OpenAPI form; path parameters are fields of `input`. */
  path: string;
  summary: string;
  /** The action that the caller must be allowed, "public" for whoever asks, "signed" for bodies that prove their sender. */
  access: Action | "public" | "signed";
  input: z.ZodType;
  output: z.ZodType;
  contentType?: string;
}
