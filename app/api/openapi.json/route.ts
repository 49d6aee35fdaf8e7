import { handle } from "#lib/server/handle.ts";
import { openapiDocument } from "#lib/server/openapi/document.ts";

export const GET = handle(async () => openapiDocument());
